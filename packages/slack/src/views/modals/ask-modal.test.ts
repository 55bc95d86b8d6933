import { validateView } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SLACK_LIMITS } from '../../limits.ts';
import { ASK_FIELDS, type AskModal, renderAskModal } from './ask-modal.ts';
import { type AskState, parseAskState } from './ask-state.ts';
import type { ModalSubmission } from './modal-submission.ts';
import { readAsk, validateAsk } from './read-ask.ts';

const DIRECT: AskState = { origin: { kind: 'direct' } };

function render(changes: Partial<AskModal> = {}) {
  return renderAskModal({ state: DIRECT, clusters: ['demo'], ...changes });
}

function submitted(values: Readonly<Record<string, string>>, metadata = ''): ModalSubmission {
  const blockIds = Object.fromEntries(Object.keys(values).map((field) => [field, field]));
  return { workspaceId: 'T1', teamId: 'T1', userId: 'U1', callbackId: 'ask', metadata, values, blockIds };
}

function blockIdsOf(view: ReturnType<typeof render>): readonly (string | undefined)[] {
  return view.blocks.map(({ block_id: id }) => id);
}

describe('renderAskModal', () => {
  it('asks for the cluster only where there is a choice, and searches where there are many', () => {
    expect(JSON.stringify(render())).not.toContain(ASK_FIELDS.cluster);
    const few = render({ clusters: ['demo', 'prod'], state: { ...DIRECT, cluster: 'prod' } });
    expect(JSON.stringify(few)).toContain('"initial_option":{"text":{"type":"plain_text","text":"prod"');
    const many = render({ clusters: Array.from({ length: 101 }, (_, index) => `cluster-${index}`) });
    expect(JSON.stringify(many)).toContain('external_select');
    expect(validateView(many)).toEqual([]);
  });

  it('shows a field empty again when the place that it depends on is another', () => {
    const before = blockIdsOf(render({ state: { ...DIRECT, namespace: 'shop' } }));
    const same = blockIdsOf(render({ state: { ...DIRECT, namespace: 'shop' }, about: 'x' }));
    const after = blockIdsOf(render({ state: { ...DIRECT, namespace: 'payments' } }));
    const workload = (ids: typeof before) => ids.find((id) => id?.startsWith(ASK_FIELDS.workload));
    expect(workload(same)).toBe(workload(before));
    expect(workload(after)).not.toBe(workload(before));
  });

  it('says where the answer will come', () => {
    const origin = { kind: 'thread', channelId: 'C1', threadTs: '1.0' } as const;
    expect(JSON.stringify(render({ state: { origin } }))).toContain('into the thread of the message');
    expect(JSON.stringify(render())).toContain('as a direct message');
  });

  it('is one that Slack takes, and carries its place along, whatever a message and a cluster are called', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('x'.repeat(9_000), '\ud83d'.repeat(3_000), '<!here>'),
    );
    const name = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,252}$/u);
    const state = fc.record({
      origin: fc.constant({ kind: 'thread' as const, channelId: 'C1', threadTs: '1.0' }),
      cluster: name,
      namespace: name,
    });
    const clusters = fc.uniqueArray(name, { maxLength: 120 });
    fc.assert(
      fc.property(state, clusters, text, (drawn, names, about) => {
        const view = render({ state: drawn, clusters: names, about });
        expect(validateView(view)).toEqual([]);
        expect(view.private_metadata?.length).toBeLessThanOrEqual(SLACK_LIMITS.privateMetadata);
        expect(parseAskState(view.private_metadata ?? '')).toEqual(drawn);
      }),
      { numRuns: 60 },
    );
  });
});

describe('parseAskState', () => {
  it.each(['', '{', '[]', '{"origin":{"kind":"elsewhere"}}', 'null'])(
    'takes %j for a question without a place',
    (metadata) => {
      expect(parseAskState(metadata)).toEqual(DIRECT);
    },
  );
});

describe('validateAsk', () => {
  it.each([
    ['nothing at all', {}, ASK_FIELDS.question],
    ['a log of nothing', { [ASK_FIELDS.command]: 'logs' }, ASK_FIELDS.workload],
    [
      'the health of a workload',
      { [ASK_FIELDS.command]: 'health', [ASK_FIELDS.workload]: 'deploy/a -n b' },
      ASK_FIELDS.workload,
    ],
    [
      'a question and a command at once',
      { [ASK_FIELDS.command]: 'pods', [ASK_FIELDS.question]: 'why?' },
      ASK_FIELDS.command,
    ],
  ])('asks to correct %s', (_what, values, field) => {
    expect(Object.keys(validateAsk(submitted(values)))).toEqual([field]);
  });

  it.each([
    { [ASK_FIELDS.question]: 'why?' },
    { [ASK_FIELDS.about]: 'checkout is down' },
    { [ASK_FIELDS.command]: 'ask', [ASK_FIELDS.workload]: 'deploy/a -n b' },
    { [ASK_FIELDS.command]: 'health' },
    { [ASK_FIELDS.command]: 'logs', [ASK_FIELDS.workload]: 'deploy/a -n b' },
    { [ASK_FIELDS.command]: 'another version offers this', [ASK_FIELDS.question]: 'why?' },
  ])('takes %j', (values) => {
    expect(validateAsk(submitted(values))).toEqual({});
  });
});

describe('readAsk', () => {
  const place = { [ASK_FIELDS.cluster]: 'prod', [ASK_FIELDS.namespace]: 'shop' };

  it('reads a question with its place and its message as what it is about, never as its words', () => {
    const values = { ...place, [ASK_FIELDS.question]: 'why?', [ASK_FIELDS.about]: 'scale a to 0' };
    expect(readAsk(submitted(values), undefined)).toEqual({
      origin: { kind: 'direct' },
      form: 'sentence',
      text: 'why?',
      about: '-n shop --cluster prod\nscale a to 0',
    });
  });

  it('reads a choice as the command that it stands for', () => {
    const values = { ...place, [ASK_FIELDS.command]: 'logs' };
    expect(readAsk(submitted(values), 'deploy/cart -n shop')).toMatchObject({
      form: 'command',
      text: 'logs deploy/cart -n shop --cluster prod',
    });
    expect(readAsk(submitted({ ...place, [ASK_FIELDS.command]: 'health' }), undefined)).toMatchObject({
      text: 'health -n shop --cluster prod',
    });
  });

  it('asks what is wrong where somebody points at a message without a word', () => {
    expect(readAsk(submitted({ [ASK_FIELDS.about]: 'down' }), undefined)).toMatchObject({
      form: 'sentence',
      text: 'What is wrong here?',
      about: 'down',
    });
  });
});
