import type { MessageId } from '@jamie/core';
import { renderPlanCard, renderReply, renderText } from '@jamie/slack';
import { arbitraryPlanCard, arbitraryReply, arbitraryText } from '@jamie/testing/arbitraries';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BlockKitPayload, validateWithPythonSdk } from '../block-kit/second-validator.ts';

const SEED = 20_261_121;
const MESSAGE_ID = 'm_r_0123456789abcdef01234567_answer' as MessageId;
/** Python is started once for all of them. */
const SAMPLES = 400;

const sample = <T>(arbitrary: fc.Arbitrary<T>) => fc.sample(arbitrary, { numRuns: SAMPLES, seed: SEED });

const BUILDERS: readonly { readonly name: string; readonly payloads: () => readonly BlockKitPayload[] }[] = [
  {
    name: 'replies',
    payloads: () =>
      sample(arbitraryReply).map((reply) => ({
        surface: 'message',
        blocks: renderReply(reply, MESSAGE_ID).blocks,
      })),
  },
  {
    name: 'plan cards',
    payloads: () =>
      sample(arbitraryPlanCard).map((card) => ({ surface: 'message', blocks: renderPlanCard(card).blocks })),
  },
  {
    name: 'plain texts',
    payloads: () =>
      sample(arbitraryText).map((text) => ({ surface: 'message', blocks: renderText(text).blocks })),
  },
];

describe('what Slack’s Python SDK says', () => {
  it.each(BUILDERS)(
    'finds no fault with $name of any content',
    ({ payloads }) => {
      const all = payloads();
      const faults = validateWithPythonSdk(all).flatMap((verdict, index) =>
        verdict.map((fault) => ({ fault, payload: all[index] })),
      );
      expect(faults.slice(0, 5)).toEqual([]);
    },
    60_000,
  );

  it('does find fault with what Slack would refuse', () => {
    const text = { type: 'mrkdwn', text: 'x'.repeat(3_001) };
    const title = { type: 'plain_text', text: 'A title of more than twenty-four characters' };
    const verdicts = validateWithPythonSdk([
      { surface: 'message', blocks: [{ type: 'section', text }] },
      { surface: 'message', blocks: [{ type: 'section', text: { ...text, text: 'x', colour: 'red' } }] },
      { surface: 'message', blocks: [{ type: 'unheard_of' }] },
      { surface: 'modal', view: { type: 'modal', title, blocks: [{ type: 'divider' }] } },
      { surface: 'home', view: { type: 'home', blocks: [] } },
    ]);
    expect(verdicts.map((verdict) => verdict.length > 0)).toEqual([true, true, true, true, true]);
  });
});
