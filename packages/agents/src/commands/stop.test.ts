import type { ConversationId, PlanRecord, Principal, RequestId } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADA, AgentsWorld } from '../agents-world.fixture.ts';
import { createDesk } from '../desk/desk.ts';
import { handleRequest } from '../desk/handle-request.ts';

const BOB: Principal = {
  ...ADA,
  id: 'slack:T1:U2',
  displayName: 'Bob',
  kubernetes: { user: 'bob', groups: [] },
};

let world: AgentsWorld;
let submissions = 0;

beforeEach(() => {
  world = new AgentsWorld();
});

afterEach(() => world.destroy());

async function submit(text: string, form: 'command' | 'sentence' = 'command') {
  submissions += 1;
  return createDesk(world.context).submit({
    idempotencyKey: `stop-${submissions}`,
    principal: ADA,
    place: world.place,
    form,
    text,
  });
}

const handle = (id: RequestId) => handleRequest(world.context, id, false);
const statusOf = async (record: PlanRecord) => (await world.store.findPlan(record.plan.id))?.status;

async function answersTo(conversationId: ConversationId, requestId: RequestId): Promise<readonly string[]> {
  const messages = await world.store.listMessages(conversationId);
  return messages.flatMap(({ requestId: of, author, body }) =>
    of === requestId && author === 'jamie' && body.kind === 'reply' ? [body.reply.headline] : [],
  );
}

async function proposed(principal = ADA): Promise<PlanRecord> {
  const { planId } = await world.ask('scale deploy/basket 3 -n shop', 'command', principal);
  const record = planId && (await world.store.findPlan(planId));
  if (!record) throw new Error('no plan');
  return record;
}

describe('stop', () => {
  it('says that there was nothing to stop', async () => {
    expect((await world.ask('stop')).headline).toBe('Nothing of mine was left to stop here.');
  });

  it('ends open requests of this conversation and leaves those of others alone', async () => {
    const here = await submit('why checkout -n shop');
    world.place = { surface: 'slack', teamId: 'T1', channelId: 'C1', threadTs: '2.0' };
    const elsewhere = await submit('why checkout -n shop');
    world.place = { surface: 'slack', teamId: 'T1', channelId: 'C1', threadTs: '1.0' };
    const reply = await world.ask('stop');
    expect(JSON.stringify(reply.sections)).toContain('Stopped: why checkout -n shop');
    expect(await answersTo(here.conversationId, here.requestId)).toEqual(['Stopped.']);
    expect((await world.store.findRequest(elsewhere.requestId))?.status).toBe('open');
    await handle(here.requestId);
    expect(await answersTo(here.conversationId, here.requestId)).toHaveLength(1);
  });

  it('either stops a request that ends at the same moment or leaves its answer, never both', async () => {
    const seen = new Set<string>();
    for (let trial = 0; trial < 20; trial += 1) {
      const asked = await submit(trial % 2 === 0 ? 'why checkout -n shop' : 'health shop');
      const stop = await submit('stop');
      // A head start of so many turns of the event loop moves the race through all of its outcomes.
      const running = handle(asked.requestId);
      for (let turn = 0; turn < trial % 7; turn += 1) await Promise.resolve();
      await Promise.allSettled([running, handle(stop.requestId)]);
      await handle(asked.requestId);
      const answers = await answersTo(asked.conversationId, asked.requestId);
      expect(answers).toHaveLength(1);
      seen.add(answers[0] === 'Stopped.' ? 'stopped' : 'answered');
    }
    expect(seen.size).toBeGreaterThan(0);
  });

  it('does not say that it stopped what was answered while it looked', async () => {
    const asked = await submit('whoami');
    const { requestId } = await submit('stop');
    const store = new Proxy(world.store, {
      get: (target, property) => {
        const value: unknown = Reflect.get(target, property, target);
        if (typeof value !== 'function') return value;
        if (property !== 'listOpenRequestsOf') return value.bind(target);
        return async (id: ConversationId) => {
          const open = await target.listOpenRequestsOf(id);
          await handle(asked.requestId);
          return open;
        };
      },
    });
    await handleRequest({ ...world.context, store }, requestId, false);
    expect(await answersTo(asked.conversationId, asked.requestId)).not.toContain('Stopped.');
    expect(await answersTo(asked.conversationId, requestId)).toEqual([
      'Nothing of mine was left to stop here.',
    ]);
  });

  it('leaves a decision that was typed to take its effect', async () => {
    const record = await proposed(BOB);
    const approve = await submit(`approve ${record.plan.id}`);
    await world.ask('stop');
    expect((await world.store.findRequest(approve.requestId))?.status).toBe('open');
  });

  it('withdraws the plans of this person that wait, and nobody else’s', async () => {
    const mine = await proposed();
    const theirs = await proposed(BOB);
    const reply = await world.ask('stop');
    expect(reply.headline).toBe('Stopped.');
    expect(JSON.stringify(reply.sections)).toContain(`Taken back: ${mine.plan.id}`);
    expect(await statusOf(mine)).toBe('cancelled');
    expect(await statusOf(theirs)).toBe('awaiting_approval');
  });

  it('names a change that is under way and does not touch it', async () => {
    const record = await proposed();
    await world.context.operations.vote({ planId: record.plan.id, principal: BOB, decision: 'approve' });
    const reply = await world.ask('stop');
    expect(reply.headline).toContain('One change is under way and goes on.');
    expect(JSON.stringify(reply.sections)).toContain('Freeze holds it while it has not started');
    expect(await statusOf(record)).toBe('approved');
    await world.context.operations.execute(record.plan.id);
    expect(JSON.stringify((await world.ask('stop')).sections)).toContain('Neither stop nor freeze ends it');
    expect(await statusOf(record)).toBe('verifying');
  });
});
