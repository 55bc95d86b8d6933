import type { MessageId, PlanId, SlackDelivery } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentsWorld, ListNotifier } from '../agents-world.fixture.ts';
import { repaintAll } from './repaint-all.ts';
import { showMessage } from './show-message.ts';

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
});

afterEach(() => world.destroy());

/** A card that Slack shows as it is now, or as told. */
async function card(over: Partial<SlackDelivery> = {}): Promise<{ planId: PlanId; id: MessageId }> {
  const { planId } = await world.ask('scale basket 3 -n shop');
  const [message] = planId === undefined ? [] : await world.store.listMessagesOfPlan(planId);
  const record = planId && (await world.store.findPlan(planId));
  if (message === undefined || record === undefined) throw new Error('no card');
  const version = message.version + 1;
  const slack = { ts: '1.1', shownVersion: version + record.version, ...over };
  await world.store.commit([
    { kind: 'message.update', message: { ...message, version, slack }, expectedVersion: message.version },
  ]);
  return { planId: record.plan.id, id: message.id };
}

/** Repaints with time passing as it needs. */
async function repaint(): Promise<number> {
  const done = repaintAll(world.context, new AbortController().signal);
  let isOver = false;
  void done.finally(() => {
    isOver = true;
  });
  while (!isOver) await world.clock.advance(1_000);
  return done;
}

async function jobsFor(id: MessageId): Promise<number> {
  const outbox = await world.store.listOutbox(1_000);
  return outbox.filter(({ job }) => job.name === 'notifications.show' && job.payload['messageId'] === id)
    .length;
}

describe('after a start', () => {
  it('every card of a plan that goes on is asked to be shown anew, and is', async () => {
    const { id } = await card();
    const before = await jobsFor(id);
    expect(await repaint()).toBe(1);
    expect(await jobsFor(id)).toBe(before + 1);
    const notifier = new ListNotifier();
    await showMessage(world.context, notifier, id);
    expect(notifier.shown).toHaveLength(1);
    const shown = (await world.store.findMessage(id))?.slack;
    expect(shown?.ts).toBe('1.1');
    await showMessage(world.context, notifier, id);
    expect(notifier.shown).toHaveLength(1);
  });

  it('a card that shows how its plan ended stays as it is', async () => {
    const { planId, id } = await card();
    await world.ask(`deny ${planId}`);
    await showMessage(world.context, new ListNotifier(), id);
    expect(await repaint()).toBe(0);
  });

  it('a card that does not show yet how its plan ended is brought up to date', async () => {
    const { planId } = await card();
    await world.ask(`deny ${planId}`);
    expect(await repaint()).toBe(1);
  });

  it('what was never posted, and what somebody shows at this moment, is left to its own job', async () => {
    await card({ ts: undefined as never });
    await card({ claimedUntil: Number.MAX_SAFE_INTEGER });
    expect(await repaint()).toBe(0);
  });

  it('a stop ends it between two messages', async () => {
    await card();
    await card();
    const stopping = new AbortController();
    const done = repaintAll(world.context, stopping.signal).catch(() => 'ended');
    await world.clock.advance(1);
    stopping.abort();
    expect(await done).toBe('ended');
  });
});
