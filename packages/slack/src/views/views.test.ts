import type { EvidenceId, MessageId, PlanCard, PlanId, Reply } from '@jamie/core';
import { countBlockText, MAXIMUM_BLOCK_TEXT, validateBlocks } from '@jamie/testing';
import { arbitraryPlanCard, arbitraryReply, arbitraryText } from '@jamie/testing/arbitraries';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SlackContent } from './content.ts';
import { parsePlanAction } from './plan-action.ts';
import { renderPlanCard } from './plan-card-view.ts';
import { renderReply as renderReplyOf, renderText } from './reply-view.ts';

const MESSAGE_ID = 'm_r_0123456789abcdef01234567_answer' as MessageId;
const renderReply = (reply: Reply, fileNotes: readonly string[] = []) =>
  renderReplyOf(reply, MESSAGE_ID, fileNotes);

/** Slack takes it, everybody can read its point, and nothing in it pings or links anybody. */
function expectSafe(content: SlackContent): void {
  expect(validateBlocks(content.blocks)).toEqual([]);
  expect(countBlockText(content.blocks)).toBeLessThanOrEqual(MAXIMUM_BLOCK_TEXT);
  expect(content.text.length).toBeGreaterThan(0);
  expect(content.text.length).toBeLessThanOrEqual(4_000);
  const everything = JSON.stringify(content);
  expect(everything.length).toBeLessThan(40_000);
  const ours = everything.replace(/<!date\^-?\d+\^[^<>|]*\|[^<>|]*>/gu, '');
  expect(ours).not.toMatch(/[<>]/u);
  expect(ours).not.toMatch(/@(here|channel|everyone)/iu);
}

describe('the views', () => {
  it('make a message that Slack takes out of any reply, however hostile its text', () => {
    fc.assert(
      fc.property(arbitraryReply, fc.array(arbitraryText, { maxLength: 6 }), (given, notes) =>
        expectSafe(renderReply(given, notes)),
      ),
      { numRuns: 80, endOnFailure: true },
    );
  });

  it('make a message that Slack takes out of any plan card, however hostile its text', () => {
    fc.assert(
      fc.property(arbitraryPlanCard, (given) => expectSafe(renderPlanCard(given))),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it('make a message that Slack takes out of any text', () => {
    fc.assert(fc.property(arbitraryText, (given) => expectSafe(renderText(given))));
  });

  it('keep every fence closed, whatever the code holds', () => {
    fc.assert(
      fc.property(arbitraryText, (given) => {
        const content = renderReply({
          tone: 'answer',
          headline: 'Logs',
          sections: [{ kind: 'code', text: `${given}\n\`\`\`\n${given}` }],
          proposals: [],
        });
        const fences = content.blocks.flatMap((block) => JSON.stringify(block).match(/```/gu) ?? []);
        expect(fences.length % 2).toBe(0);
        for (const block of content.blocks) {
          expect(JSON.stringify(block).match(/```/gu)?.length ?? 0).toBeLessThanOrEqual(2);
        }
      }),
    );
  });
});

describe('renderReply', () => {
  const empty: Reply = { tone: 'answer', headline: 'checkout crashes', sections: [], proposals: [] };

  it('says so when a part is left out', () => {
    const sections = Array.from({ length: 80 }, (_, index) => ({
      kind: 'text' as const,
      lines: [`part ${index}`],
    }));
    const { blocks } = renderReply({ ...empty, sections });
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(JSON.stringify(blocks.at(-1))).toMatch(/32 more parts do not fit/u);
  });

  it('says how many lines of code are left out', () => {
    const code = Array.from({ length: 2_000 }, (_, index) => `line ${index} of a long log`).join('\n');
    const rendered = JSON.stringify(renderReply({ ...empty, sections: [{ kind: 'code', text: code }] }));
    expect(rendered).toMatch(/\d+ more (lines are left out|parts? do)/u);
  });

  it('ends an error with its reference', () => {
    const { blocks } = renderReply({ ...empty, tone: 'error', referenceId: 'request_1' });
    expect(JSON.stringify(blocks.at(-1))).toContain('Reference `request_1`');
  });

  it('shows evidence with its id, its object and the text as code', () => {
    const { blocks } = renderReply({
      ...empty,
      sections: [
        {
          kind: 'evidence',
          evidence: [
            {
              id: 'e1' as EvidenceId,
              source: 'log',
              ref: { kind: 'Pod', namespace: 'payments', name: 'checkout-1' },
              where: 'app',
              observedAt: Date.UTC(2026, 7, 2, 10),
              text: 'panic: <nil>',
            },
          ],
        },
      ],
    });
    expect(JSON.stringify(blocks)).toContain('• `e1` Pod payments/checkout-1, `app`, <!date^1785664800^');
    expect(JSON.stringify(blocks)).toContain('`panic: &lt;nil&gt;`');
  });
});

describe('the buttons of a reply', () => {
  it('ask for a plan by the command that a person would type, each once', () => {
    const target = { kind: 'Deployment', namespace: 'shop', name: 'cart' } as const;
    const rollBack = {
      label: 'Roll back cart',
      advice: 'It was sound.',
      operation: { kind: 'rollback', target, toRevision: 3 },
    } as const;
    const proposals = [rollBack, rollBack, { label: 'Read the log', advice: 'It says why.' }];
    const { blocks } = renderReply({ tone: 'answer', headline: 'x', sections: [], proposals });
    const buttons = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
    expect(buttons).toMatchObject([
      { text: { text: 'Plan: Roll back cart' }, value: 'rollback deploy/cart --to 3 -n shop' },
    ]);
  });
});

describe('renderPlanCard', () => {
  const open: PlanCard = {
    planId: 'p-4k7d2m9q' as PlanId,
    planHash: 'f'.repeat(64),
    headline: 'Scale Deployment checkout 3 -> 5 in payments on prod-eu',
    status: 'awaiting_approval',
    tier: 'low',
    statusLine: 'Waiting for 1 approval until 10:15.',
    facts: [{ label: 'Risk', value: 'low: scales up to twice' }],
    diff: '-  replicas: 3\n+  replicas: 5',
    warnings: ['The HPA checkout may undo this.'],
    votes: ['Ada approved'],
    actions: ['approve', 'deny'],
  };

  function buttonsOf(card: PlanCard) {
    const block = renderPlanCard(card).blocks.find(({ type }) => type === 'actions');
    return block?.type === 'actions' ? { blockId: block.block_id, elements: block.elements } : undefined;
  }

  it('names action and target first, in the notification text too', () => {
    const { text: summary, blocks } = renderPlanCard(open);
    expect(summary).toBe(
      'Scale Deployment checkout 3 -&gt; 5 in payments on prod-eu. Waiting for 1 approval until 10:15.',
    );
    expect(JSON.stringify(blocks[0])).toContain('*Scale Deployment checkout 3 -&gt; 5');
  });

  it('says of a plan that nobody asked for why there is one, right below what it does', () => {
    const { blocks } = renderPlanCard({ ...open, healing: 'Nobody asked for this. I found: <it> crashes.' });
    expect(JSON.stringify(blocks[1])).toContain('Nobody asked for this. I found: &lt;it&gt; crashes.');
    expect(JSON.stringify(renderPlanCard(open).blocks)).not.toContain('Nobody asked');
  });

  it('marks Approve alone as primary and binds each button to plan and hash', () => {
    const buttons = buttonsOf(open);
    expect(buttons?.elements).toMatchObject([
      { action_id: 'plan.approve', style: 'primary' },
      { action_id: 'plan.deny' },
    ]);
    expect(buttons?.elements[1]).not.toHaveProperty('style');
    for (const element of buttons?.elements ?? []) {
      expect(parsePlanAction((element as { value?: string }).value)).toEqual({
        planId: open.planId,
        planHash: open.planHash,
      });
    }
  });

  it('shows a moment in the time zone of whoever reads it, and nothing else as one', () => {
    const facts = [
      { label: 'Expires', value: '2026-11-21T20:20:21.533Z' },
      { label: 'Note', value: 'at 2026-11-21T20:20:21.533Z <!here>' },
    ];
    const text = JSON.stringify(renderPlanCard({ ...open, facts }).blocks);
    expect(text).toContain('*Expires:* <!date^1795292421^{date_short_pretty} {time}|2026-11-21 20:20 UTC>');
    expect(text).toContain('*Note:* at 2026-11-21T20:20:21.533Z &lt;!here&gt;');
  });

  it('gives each proposal a block id of its own', () => {
    expect(buttonsOf(open)?.blockId).not.toBe(buttonsOf({ ...open, planHash: 'e'.repeat(64) })?.blockId);
  });

  it('asks twice for high risk and not for less', () => {
    const asksTwice = (tier: PlanCard['tier']) =>
      'confirm' in (buttonsOf({ ...open, tier })?.elements[0] ?? {});
    expect(['low', 'medium', 'high'].map((tier) => asksTwice(tier as PlanCard['tier']))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('shows no vote on a plan that has ended, and undo where it is offered', () => {
    expect(buttonsOf({ ...open, status: 'expired' })).toBeUndefined();
    const done = buttonsOf({ ...open, status: 'succeeded', actions: ['approve', 'undo'] });
    expect(done?.elements).toMatchObject([{ action_id: 'plan.undo' }]);
    expect(done?.elements).toHaveLength(1);
  });
});

describe('parsePlanAction', () => {
  it.each([undefined, 7, '', ':', 'p-4k7d2m9q', 'p-4k7d2m9q:', 'nonsense:abc', 'p-4k7d2m9q:a b'])(
    'knows that %p is no button of ours',
    (value) => {
      expect(parsePlanAction(value)).toBeUndefined();
    },
  );
});
