import {
  type ConversationId,
  type MessageId,
  type PlanCard,
  planIdOf,
  type RequestId,
  type ShownMessage,
} from '@jamie/core';
import {
  layOutShown,
  renderAskModal,
  renderDenyPlanModal,
  renderEditPlanModal,
  renderHome,
  renderMessageModal,
  renderPreferencesModal,
  renderStrangerHome,
} from '@jamie/slack';
import { aHomeCluster, aHomePlan, aHomeSummary, validateBlocks, validateView } from '@jamie/testing';
import { arbitraryPlanCard, arbitraryReply, arbitraryText } from '@jamie/testing/arbitraries';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BlockKitPayload, validateWithPythonSdk } from '../block-kit/second-validator.ts';

const SEED = 20_261_121;
const MESSAGE_ID = 'm_r_0123456789abcdef01234567_answer' as MessageId;
/** Python is started once for all of them. */
const SAMPLES = 400;

const sample = <T>(arbitrary: fc.Arbitrary<T>) => fc.sample(arbitrary, { numRuns: SAMPLES, seed: SEED });

function complaintsOf(payload: BlockKitPayload): readonly string[] {
  return payload.surface === 'message' ? validateBlocks(payload.blocks) : validateView(payload.view);
}

const modal = (view: object): BlockKitPayload => ({ surface: 'modal', view });
const home = (view: object): BlockKitPayload => ({ surface: 'home', view });

/** Everything of a message that is posted, all of its parts. */
function postsOf(body: ShownMessage['message']['body'], card?: PlanCard): readonly BlockKitPayload[] {
  const conversationId = 'c_1' as ConversationId;
  const shown: ShownMessage = {
    conversation: {
      id: conversationId,
      place: { surface: 'slack', teamId: 'T1', channelId: 'C1', threadTs: '1.0' },
      createdAt: 0,
      version: 1,
    },
    message: {
      id: MESSAGE_ID,
      conversationId,
      requestId: 'r_1' as RequestId,
      author: 'jamie',
      authorName: 'Jamie',
      body,
      at: 0,
      version: 1,
    },
    ...(card !== undefined && { card }),
  };
  return layOutShown(shown).parts.map(({ blocks }) => ({ surface: 'message', blocks }));
}

function homesOf(text: string): readonly BlockKitPayload[] {
  const card = { ...aHomePlan().card, headline: text, statusLine: text };
  const summary = aHomeSummary({
    waiting: Array.from({ length: 9 }, (_, index) =>
      aHomePlan({ card: { ...card, planId: planIdOf(`0000000${index}`) }, askedBy: text, cluster: text }),
    ),
    clusters: [aHomeCluster({ name: text, detail: text, state: 'unreachable', unchecked: [text] })],
    checks: text,
    unread: [text],
  });
  return [home(renderHome(summary, text)), home(renderStrangerHome(text))];
}

function formsOf(text: string): readonly BlockKitPayload[] {
  const plan = { ...aHomePlan().card, headline: text };
  const field = {
    name: 'replicas',
    label: text,
    kind: 'whole_number' as const,
    value: '3',
    minimum: 0,
    maximum: 9,
    hint: text,
  };
  const clusters = [text, 'demo', 'prod'];
  return [
    modal(renderDenyPlanModal(plan)),
    modal(renderEditPlanModal({ ...plan, cluster: text, fields: [field] })),
    modal(renderAskModal({ state: { origin: { kind: 'direct' } }, clusters, about: text })),
    modal(renderPreferencesModal({ clusters, namespace: text })),
    modal(renderMessageModal(text, text)),
  ];
}

const BUILDERS: readonly { readonly name: string; readonly payloads: () => readonly BlockKitPayload[] }[] = [
  {
    name: 'replies',
    payloads: () => sample(arbitraryReply).flatMap((reply) => postsOf({ kind: 'reply', reply })),
  },
  {
    name: 'plan cards',
    payloads: () => sample(arbitraryPlanCard).flatMap((card) => postsOf({ kind: 'text', text: '' }, card)),
  },
  {
    name: 'plain texts',
    payloads: () => sample(arbitraryText).flatMap((text) => postsOf({ kind: 'text', text })),
  },
  { name: 'the Home tab', payloads: () => sample(arbitraryText).flatMap(homesOf) },
  { name: 'forms', payloads: () => sample(arbitraryText).flatMap(formsOf) },
];

describe('what two validators say', () => {
  it.each(BUILDERS)(
    'is nothing against $name of any content',
    ({ payloads }) => {
      const all = payloads();
      const theirs = validateWithPythonSdk(all).flatMap((verdict, index) =>
        verdict.map((fault) => ({ fault, payload: all[index] })),
      );
      expect(theirs.slice(0, 3)).toEqual([]);
      const ours = all.flatMap((payload) => complaintsOf(payload).map((fault) => ({ fault, payload })));
      expect(ours.slice(0, 3)).toEqual([]);
    },
    60_000,
  );

  it('is something against what Slack would refuse', () => {
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
