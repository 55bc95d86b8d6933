import type { PlanId, StoreChange } from '@jamie/core';
import { isTerminal, verifyAuditChain } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Crash, MortalProcess } from '../execution/mortal-process.fixture.ts';
import type { Operations } from '../operations.ts';
import { CHECKOUT, CONVERSATION, OperationsWorld, sha256, TIMING } from '../operations-world.fixture.ts';
import { aBusyNamespace, aRemedy, bookOf, caseOf, planRemedy } from './remedies.fixture.ts';

/** Short windows: each look at the target is two boundaries more. */
const BRISK = { ...TIMING, readyForMs: 1_000, watchScale: 0.01 };
const FOREVER = Number.POSITIVE_INFINITY;

let world: OperationsWorld;
beforeEach(() => renew());
afterEach(() => world.destroy());

async function renew(): Promise<void> {
  world = new OperationsWorld('production', BRISK);
  world.book = bookOf();
  world.cluster.snapshot = aBusyNamespace();
  await world.store.commit([{ kind: 'conversation.insert', conversation: CONVERSATION }]);
}

/** What the healer does at each of its looks: nothing more once the case has its attempt. */
async function heal(process: MortalProcess, operations: Operations): Promise<void> {
  const store = process.store(world.store);
  const request = aRemedy();
  if ((await store.findHealingCase(request.healing.caseId)) !== undefined) return;
  const result = await operations.remedy(request);
  if (result.kind === 'refused') throw new Error(result.message);
  const change: StoreChange = { kind: 'healing.put', healingCase: caseOf(result.record), expectedVersion: 0 };
  await store.commit([...result.changes, change]);
}

/** From the first look to the end of the watch; a dead process is followed by another after its lease. */
async function liveUntilDone(planId: PlanId, first: MortalProcess): Promise<void> {
  let process = first;
  for (let number = 1; number < 6; number += 1) {
    try {
      const operations = process.operations(world, `worker-${number}`);
      await heal(process, operations);
      while (!isTerminal((await world.read(planId)).status)) {
        await world.runJobs(operations);
        world.cluster.settle(CHECKOUT);
        await world.clock.advance(1_000);
      }
      return;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      await world.clock.advance(TIMING.leaseMs + 1);
      process = new MortalProcess(FOREVER);
    }
  }
}

async function expectOneEffect(planId: PlanId): Promise<void> {
  expect(world.cluster.writes).toHaveLength(1);
  expect(await world.read(planId)).toMatchObject({ status: 'succeeded' });
  expect(await world.store.listPlans({ limit: 10 })).toHaveLength(1);
  expect((await world.store.listHealingCases({ limit: 10 })).map(({ attempts }) => attempts.length)).toEqual([
    1,
  ]);
  expect(await world.store.listIntents(planId)).toMatchObject([{ phase: 'execute' }]);
  const audit = await world.store.listAudit(0, 10_000);
  expect(verifyAuditChain(audit, sha256)).toMatchObject({ kind: 'intact' });
  expect(audit.filter(({ entry }) => entry.kind === 'plan.approved')).toHaveLength(1);
}

describe('a remedy that a rule lets start', () => {
  it('has one effect wherever the process dies, from the first look to the end of the watch', async () => {
    const { id } = (await planRemedy(world)).record.plan;
    const whole = new MortalProcess(FOREVER);
    await liveUntilDone(id, whole);
    await expectOneEffect(id);
    expect(whole.reached).toBeGreaterThan(20);
    for (let diesAt = 1; diesAt <= whole.reached; diesAt += 1) {
      await world.destroy();
      await renew();
      await liveUntilDone(id, new MortalProcess(diesAt));
      await expectOneEffect(id);
    }
  }, 120_000);

  it('has one effect for any number of healers and workers at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 6 }), async (processes) => {
        await world.destroy();
        await renew();
        const pool = Array.from({ length: processes }, (_, index) => world.another(`worker-${index}`));
        const { id } = (await planRemedy(world)).record.plan;
        await Promise.allSettled(pool.map((operations) => heal(new MortalProcess(FOREVER), operations)));
        await Promise.allSettled(pool.map((operations) => operations.execute(id)));
        await world.clock.advance(TIMING.leaseMs + 1);
        await liveUntilDone(id, new MortalProcess(FOREVER));
        await expectOneEffect(id);
      }),
      { numRuns: 10 },
    );
  }, 60_000);

  it('never starts a plan whose commit was lost to another process', async () => {
    const mine = await world.operations.remedy(aRemedy());
    const process = new MortalProcess(FOREVER);
    await heal(process, process.operations(world, 'worker-2'));
    if (mine.kind === 'refused') throw new Error(mine.message);
    const late: StoreChange = { kind: 'healing.put', healingCase: caseOf(mine.record), expectedVersion: 0 };
    expect(await world.store.commit([...mine.changes, late])).toMatchObject({ kind: 'conflict' });
    await world.runJobs();
    expect(world.cluster.writes).toHaveLength(1);
  });
});
