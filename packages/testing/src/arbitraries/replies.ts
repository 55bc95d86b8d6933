import { PLAN_STATUSES, type PlanCard, type Reply } from '@jamie/core';
import fc from 'fast-check';

/** What nobody should be able to do anything with. */
export const HOSTILE_TEXTS = [
  '<!channel>',
  '<!here|here>',
  '@here @channel @everyone',
  '<@U12345>',
  '<https://evil.example|click>',
  '``` code ``` `x`',
  '*bold* _it_ ~s~',
  '&amp;lt;!channel&gt;',
  '\u0000\u202e\ud800',
  'x'.repeat(5_000),
  '&'.repeat(4_000),
  'line\n'.repeat(900),
  '',
  ' ',
];

/** Any text, the hostile more often than chance would have it. */
export const arbitraryText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.array(fc.constantFrom(...HOSTILE_TEXTS), { maxLength: 4 }).map((parts) => parts.join(' ')),
);
const arbitraryTexts = fc.array(arbitraryText, { maxLength: 6 });
const title = { title: arbitraryText };
const evidence = fc.record({
  id: arbitraryText,
  source: fc.constantFrom('object', 'event', 'log'),
  ref: fc.record({ kind: fc.constant('Pod'), namespace: arbitraryText, name: arbitraryText }),
  where: arbitraryText,
  observedAt: fc.oneof(fc.integer(), fc.double()),
  text: arbitraryText,
});
const section = fc.oneof(
  fc.record({ kind: fc.constant('text'), ...title, lines: arbitraryTexts }),
  fc.record({ kind: fc.constant('list'), ...title, items: arbitraryTexts }),
  fc.record({
    kind: fc.constant('table'),
    ...title,
    columns: arbitraryTexts,
    rows: fc.array(arbitraryTexts, { maxLength: 60 }),
  }),
  fc.record({ kind: fc.constant('code'), ...title, text: arbitraryText }),
  fc.record({ kind: fc.constant('evidence'), ...title, evidence: fc.array(evidence, { maxLength: 20 }) }),
);
const options = (maxLength: number) =>
  fc.array(
    fc.record({
      label: arbitraryText,
      command: fc.oneof(arbitraryText, fc.constantFrom('health', 'why cart')),
    }),
    {
      maxLength,
    },
  );
const distinctOptions = fc
  .tuple(fc.integer({ min: 0, max: 150 }), arbitraryText)
  .map(([length, label]) =>
    Array.from({ length }, (_, index) => ({ label: `${label}${index}`, command: `why ${label}${index}` })),
  );
/** Any reply, also of more parts than a message holds. */
export const arbitraryReply = fc.record({
  choice: fc.option(fc.record({ prompt: arbitraryText, options: fc.oneof(options(8), distinctOptions) }), {
    nil: undefined,
  }),
  followUps: fc.option(options(8), { nil: undefined }),
  files: fc.option(
    fc.array(fc.record({ name: arbitraryText, title: arbitraryText, text: arbitraryText }), { maxLength: 8 }),
    {
      nil: undefined,
    },
  ),
  tone: fc.constantFrom('answer', 'refusal', 'error'),
  headline: arbitraryText,
  sections: fc.array(section, { maxLength: 30 }),
  proposals: fc.array(
    fc.record(
      {
        label: arbitraryText,
        advice: arbitraryText,
        operation: fc.constant({
          kind: 'restart',
          target: { kind: 'Deployment', namespace: 'shop', name: 'cart' },
        }),
      },
      { requiredKeys: ['label', 'advice'] },
    ),
    { maxLength: 8 },
  ),
  referenceId: fc.option(arbitraryText, { nil: undefined }),
}) as unknown as fc.Arbitrary<Reply>;
/** Any plan card. */
export const arbitraryPlanCard = fc.record({
  planId: fc.constant('p-00000000'),
  planHash: fc.stringMatching(/^[0-9a-f]{64}$/),
  headline: arbitraryText,
  status: fc.constantFrom(...PLAN_STATUSES),
  tier: fc.constantFrom('low', 'medium', 'high'),
  statusLine: arbitraryText,
  healing: fc.option(arbitraryText, { nil: undefined }),
  facts: fc.array(fc.record({ label: fc.oneof(arbitraryText, fc.constant('Risk')), value: arbitraryText }), {
    maxLength: 30,
  }),
  diff: arbitraryText,
  warnings: arbitraryTexts,
  votes: arbitraryTexts,
  actions: fc.array(fc.constantFrom('approve', 'deny', 'undo'), { maxLength: 3 }),
}) as unknown as fc.Arbitrary<PlanCard>;
