import type { ConversationPlace, Message, OperationRequest, PlanId } from '@jamie/core';
import { newPlanChanges } from '@jamie/operations';
import { aPlan, aPlanRecord } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADA, AgentsWorld } from '../agents-world.fixture.ts';
import { createDesk } from './desk.ts';
import { handleRequest } from './handle-request.ts';

const THREAD: ConversationPlace = { surface: 'slack', teamId: 'T1', channelId: 'C1', threadTs: '1.0' };
const LINK = 'https://emulated.slack.com/archives/C1/p';

let world: AgentsWorld;
let asked = 0;

beforeEach(() => {
  world = new AgentsWorld();
});

afterEach(() => world.destroy());

/** Asks in the thread; gives back what that brought, as it would be shown. */
async function ask(text: string) {
  asked += 1;
  const desk = createDesk(world.context);
  const { requestId } = await desk.submit({
    idempotencyKey: `links-${asked}`,
    principal: ADA,
    place: THREAD,
    form: 'command',
    text,
  });
  await handleRequest(world.context, requestId, true);
  await world.clock.advance(1);
  const shown = (await desk.readRequest(requestId))
    .filter(({ message }) => message.author === 'jamie')
    .at(-1);
  if (shown === undefined) throw new Error('no answer');
  return shown;
}

/** Slack has posted it, and says where. */
async function posted({ id }: Pick<Message, 'id'>): Promise<void> {
  const message = await world.store.findMessage(id);
  if (message === undefined) throw new Error('no message');
  const version = message.version + 1;
  const slack = { ts: '1.1', shownVersion: version, permalink: `${LINK}${id}` };
  await world.store.commit([
    { kind: 'message.update', message: { ...message, version, slack }, expectedVersion: message.version },
  ]);
}

describe('the links of a message', () => {
  it('lead from a card to the answer that proposed exactly this', async () => {
    const diagnosis = await ask('why checkout -n shop');
    const { body } = diagnosis.message;
    const proposed =
      body.kind === 'reply' ? body.reply.proposals.find(({ operation }) => operation) : undefined;
    expect(proposed?.operation?.kind).toBe('rollback');
    await posted(diagnosis.message);
    const unrelated = await ask('scale basket 3 -n shop');
    expect(unrelated.links).toBeUndefined();
    const { record } = await planOf(proposed?.operation);
    const shown = await createDesk(world.context).findShown(`m_card_${record.plan.id}` as Message['id']);
    expect(shown?.links).toEqual({ diagnosis: `${LINK}${diagnosis.message.id}` });
  });

  it('lead from a decision, and from a refused edit, to the card once Slack shows it', async () => {
    const card = await ask('scale basket 3 -n shop');
    const planId = card.message.planId as PlanId;
    const early = await ask(`edit ${planId} replicas=3`);
    expect(early.links).toBeUndefined();
    await posted(card.message);
    const refused = await ask(`edit ${planId} replicas=3`);
    expect(refused.links).toEqual({ card: `${LINK}${card.message.id}` });
    const decided = await ask(`deny ${planId}`);
    expect(decided.links).toEqual({ card: `${LINK}${card.message.id}` });
  });

  it('follow a plan to the one in its place', async () => {
    const old = await ask('scale basket 3 -n shop');
    const oldId = old.message.planId as PlanId;
    await posted(old.message);
    const fresh = await ask(`edit ${oldId} replicas=4`);
    const desk = createDesk(world.context);
    expect(await desk.findCardLink(oldId)).toBeUndefined();
    await posted(fresh.message);
    expect(await desk.findCardLink(oldId)).toBe(`${LINK}${fresh.message.id}`);
    expect(await desk.findCardLink('p-00000000' as PlanId)).toBeUndefined();
  });
});

/** Stores a plan of this operation in the thread, as a click on the proposal would. */
async function planOf(operation: OperationRequest | undefined) {
  const conversation = await world.store.findConversationAt(THREAD);
  const [request] = conversation === undefined ? [] : await world.store.listMessages(conversation.id);
  if (operation === undefined || conversation === undefined || request === undefined)
    throw new Error('nothing');
  const plan = aPlan({
    id: 'p-0000000a' as PlanId,
    operation,
    conversationId: conversation.id,
    requestId: request.requestId,
    createdAt: world.clock.now(),
  });
  const record = aPlanRecord({ plan });
  await world.store.commit(newPlanChanges(record));
  return { record };
}
