import type { PlanId, PlanRecord, Principal } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADA, AgentsWorld } from '../agents-world.fixture.ts';
import { createDesk } from '../desk/desk.ts';
import { sweepGraphs } from '../desk/sweep-graphs.ts';
import { Death } from '../graphs/dying-saver.fixture.ts';
import { advanceScarlet, resumeScarlet } from './advance-scarlet.ts';
import { closingIdOf } from './closing-message.ts';
import { loadScarletGraph } from './scarlet-graph.ts';

const SENTENCE = 'Jamie, scale deploy/basket 3 -n shop';
const BOB: Principal = { ...ADA, id: 'slack:T1:U2', displayName: 'Bob' };

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
});

afterEach(() => world.destroy());

/** A change asked for in a sentence, with the job that its card brought along. */
async function handedOver(text = SENTENCE): Promise<PlanRecord> {
  const { planId } = await world.ask(text, 'sentence');
  if (planId === undefined) throw new Error('no plan');
  return planOf(planId);
}

const jobs = async () =>
  (await world.store.listOutbox(1_000)).map(({ job }) => `${job.name} ${job.deduplicationId}`);
const deny = (planId: PlanId) =>
  world.context.operations.vote({ planId, principal: BOB, decision: 'deny', reason: 'not today' });
const closings = async (planId: PlanId) =>
  (await world.store.listMessages((await planOf(planId)).plan.conversationId)).filter(
    ({ id }) => id === closingIdOf(planId),
  );

async function planOf(planId: PlanId): Promise<PlanRecord> {
  const record = await world.store.findPlan(planId);
  if (record === undefined) throw new Error('no plan');
  return record;
}

async function closingReply(planId: PlanId) {
  const [closing] = await closings(planId);
  if (closing?.body.kind !== 'reply') throw new Error('no closing message');
  return closing.body.reply;
}

/** A context as another process has it. */
function another(death = new Death()) {
  return { ...world.context, checkpoints: world.openCheckpoints((saver) => death.stalk(saver)) };
}

describe('handing over', () => {
  it('says so on the card, and asks for somebody who waits, in the commit that makes the plan', async () => {
    const { plan } = await handedOver();
    const [card] = await world.store.listMessagesOfPlan(plan.id);
    expect(JSON.stringify(card?.body)).toContain('Handing this to Scarlet: it changes the cluster.');
    const shown = await createDesk(world.context).readTranscript(plan.conversationId);
    expect(shown.at(-1)?.card?.facts[0]).toEqual({
      label: 'Jamie',
      value: 'Handing this to Scarlet: it changes the cluster.',
    });
    expect(await jobs()).toContain(`agents.wait wait:${plan.id}`);
    expect(await world.context.checkpoints.list('', 10)).toEqual([]);
  });

  it('is for sentences alone: a typed command has its card and nothing else', async () => {
    await world.ask('scale deploy/basket 3 -n shop');
    expect((await jobs()).join()).not.toContain('agents.wait');
  });
});

describe('Scarlet', () => {
  it('says once how the plan ended, from its record, and leaves no checkpoint', async () => {
    const { plan } = await handedOver();
    await advanceScarlet(world.context, plan.id);
    expect(await closings(plan.id)).toEqual([]);
    await deny(plan.id);
    expect(await jobs()).toContain(`agents.resume ended:${plan.id}`);
    await resumeScarlet(world.context, plan.id);
    expect(await closingReply(plan.id)).toMatchObject({
      headline: `Not done: it was denied: ${plan.headline}.`,
      sections: [{ lines: ['Denied by Bob: not today. Nothing was changed.'] }],
    });
    expect(await world.context.checkpoints.list('', 10)).toEqual([]);
  });

  it('goes on after a death at any write, and says it once', async () => {
    const count = new Death();
    const first = await handedOver();
    await advanceScarlet(another(count), first.plan.id);
    await deny(first.plan.id);
    await resumeScarlet(another(count), first.plan.id);
    expect(count.boundaries.length).toBeGreaterThan(4);
    for (const [boundary] of count.boundaries.entries()) {
      for (const moment of ['before', 'after'] as const) {
        const { plan } = await handedOver();
        const death = new Death(boundary, moment);
        const mortal = another(death);
        const outcome = await death.orEndOf(advanceScarlet(mortal, plan.id));
        // A death while it began: another process runs the job again.
        if (outcome === 'died') await advanceScarlet(another(), plan.id);
        await deny(plan.id);
        await death.orEndOf(resumeScarlet(mortal, plan.id));
        await resumeScarlet(another(), plan.id);
        expect(await closings(plan.id)).toHaveLength(1);
        await sweepGraphs(world.context);
        expect(await world.context.checkpoints.has(plan.id)).toBe(false);
      }
    }
  });

  it('has one message to say, however often and by however many it is woken at once', async () => {
    for (let trial = 0; trial < 20; trial += 1) {
      const { plan } = await handedOver();
      await advanceScarlet(world.context, plan.id);
      await deny(plan.id);
      const wakers = [world.context, another(), another()];
      await Promise.allSettled(wakers.map((context) => resumeScarlet(context, plan.id)));
      await resumeScarlet(world.context, plan.id);
      expect(await closings(plan.id)).toHaveLength(1);
      const shows = (await jobs()).filter((job) => job.includes(`show:${closingIdOf(plan.id)}`));
      expect(shows).toHaveLength(1);
    }
  });

  it('does nothing when it is woken after it has spoken', async () => {
    const { plan } = await handedOver();
    await deny(plan.id);
    await advanceScarlet(world.context, plan.id);
    const before = await jobs();
    await resumeScarlet(world.context, plan.id);
    await advanceScarlet(world.context, plan.id);
    expect(await jobs()).toEqual(before);
    expect(await closings(plan.id)).toHaveLength(1);
  });

  it('has no second effect when it is resumed from an old checkpoint', async () => {
    const { plan } = await handedOver();
    const { Command } = await import('@langchain/langgraph');
    const graph = await loadScarletGraph(world.context.checkpoints);
    const options = { configurable: { thread_id: plan.id }, context: { live: { store: world.store } } };
    await graph.invoke({ format: 1, planId: plan.id }, options);
    const old = await graph.getState({ configurable: { thread_id: plan.id } });
    await deny(plan.id);
    await graph.invoke(new Command({ resume: 'first' }), options);
    await advanceScarlet(world.context, plan.id);
    const again = { ...options, configurable: { ...old.config.configurable } };
    await graph.invoke(new Command({ resume: 'second' }), again);
    await advanceScarlet(world.context, plan.id);
    expect(await closings(plan.id)).toHaveLength(1);
  });

  it('believes the record and nothing that it is woken with', async () => {
    const { plan } = await handedOver();
    await advanceScarlet(world.context, plan.id);
    const { Command } = await import('@langchain/langgraph');
    const graph = await loadScarletGraph(world.context.checkpoints);
    const options = { configurable: { thread_id: plan.id }, context: { live: { store: world.store } } };
    for (const resume of ['succeeded', { status: 'succeeded' }, true]) {
      await graph.invoke(new Command({ resume }), options);
      expect((await graph.getState({ configurable: { thread_id: plan.id } })).next).toEqual(['wait']);
    }
    await resumeScarlet(world.context, plan.id);
    expect(await closings(plan.id)).toEqual([]);
    expect((await planOf(plan.id)).status).toBe('awaiting_approval');
  });

  it('loses no end that came before it began to wait, or while it came to rest', async () => {
    const early = await handedOver();
    await deny(early.plan.id);
    await resumeScarlet(world.context, early.plan.id);
    await advanceScarlet(world.context, early.plan.id);
    expect(await closings(early.plan.id)).toHaveLength(1);

    const late = await handedOver('Jamie, scale deploy/basket 4 -n shop');
    let reads = 0;
    const store = new Proxy(world.store, {
      get: (target, property) => {
        const value: unknown = Reflect.get(target, property, target);
        if (typeof value !== 'function') return value;
        if (property !== 'findPlan') return value.bind(target);
        return async (id: PlanId) => {
          const record = await target.findPlan(id);
          reads += 1;
          // The plan ends after it was seen open, and the wake-up call is lost.
          if (reads === 1) await deny(id);
          return record;
        };
      },
    });
    await advanceScarlet({ ...world.context, store }, late.plan.id);
    expect(await closings(late.plan.id)).toHaveLength(1);
  });

  it('is woken by the sweep where nobody told it', async () => {
    const { plan } = await handedOver();
    await advanceScarlet(world.context, plan.id);
    expect(await sweepGraphs(world.context)).toBe(0);
    await deny(plan.id);
    expect(await sweepGraphs(another())).toBe(1);
    expect(await closings(plan.id)).toHaveLength(1);
  });

  it('is woken though another graph cannot be swept', async () => {
    const stuck = await handedOver();
    const other = await handedOver('Jamie, scale deploy/basket 4 -n shop');
    for (const { plan } of [stuck, other]) {
      await advanceScarlet(world.context, plan.id);
      await deny(plan.id);
    }
    const store = new Proxy(world.store, {
      get: (target, property) => {
        const value: unknown = Reflect.get(target, property, target);
        if (typeof value !== 'function') return value;
        if (property !== 'findPlan') return value.bind(target);
        return async (id: PlanId) => {
          if (id === stuck.plan.id) throw new Error('a row that cannot be read');
          return target.findPlan(id);
        };
      },
    });
    expect(await sweepGraphs({ ...another(), store })).toBe(1);
    expect(await closings(other.plan.id)).toHaveLength(1);
    expect(await sweepGraphs(another())).toBe(1);
    expect(await closings(stuck.plan.id)).toHaveLength(1);
  });

  it('waits for the fresh plan that took the place of a stale one', async () => {
    const { plan } = await handedOver();
    await advanceScarlet(world.context, plan.id);
    await world.context.operations.vote({ planId: plan.id, principal: BOB, decision: 'approve' });
    world.cluster.edit({ kind: 'Deployment', namespace: 'shop', name: 'basket' }, (object) => {
      (object['spec'] as { replicas: number }).replicas = 5;
    });
    await world.context.operations.execute(plan.id);
    const { replacedBy } = await planOf(plan.id);
    await resumeScarlet(world.context, plan.id);
    expect(await closingReply(plan.id)).toMatchObject({
      followUps: [{ command: `plan ${replacedBy}` }],
      headline: expect.stringContaining('changed after the preview'),
    });
    expect(await jobs()).toContain(`agents.wait wait:${replacedBy}`);
  });
});
