import type { PlanId } from '@jamie/core';
import { isTerminal, OpsError, verifyAuditChain } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Operations } from '../operations.ts';
import { CHECKOUT, OperationsWorld, person, sha256, TIMING } from '../operations-world.fixture.ts';
import { Crash, MortalProcess } from './mortal-process.fixture.ts';

let world: OperationsWorld;

beforeEach(() => {
  world = new OperationsWorld();
});

afterEach(() => world.destroy());

/** Short windows: each look at the target is two boundaries more. */
const BRISK = { ...TIMING, readyForMs: 1_000, watchScale: 0.05 };

/** From the click to the end of the watch; a dead process is followed by another after its lease. */
async function liveUntilDone(planId: PlanId, first: Operations): Promise<void> {
  let operations = first;
  for (let process = 2; process < 6; process += 1) {
    try {
      await operations.vote({ planId, principal: person('ada'), decision: 'approve' });
      while (!isTerminal((await world.read(planId)).status)) {
        await world.runJobs(operations);
        world.cluster.settle(CHECKOUT);
        await world.clock.advance(1_000);
      }
      return;
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      await world.clock.advance(TIMING.leaseMs + 1);
      operations = new MortalProcess(Number.POSITIVE_INFINITY).operations(world, `worker-${process}`);
    }
  }
}

async function expectOneEffect(planId: PlanId): Promise<void> {
  expect(world.cluster.writes).toHaveLength(1);
  expect(await world.read(planId)).toMatchObject({ status: 'succeeded' });
  const intents = await world.store.listIntents(planId);
  expect(intents).toMatchObject([{ phase: 'execute', outcome: { kind: expect.stringMatching(/applied/) } }]);
  expect(verifyAuditChain(await world.store.listAudit(0, 10_000), sha256)).toMatchObject({ kind: 'intact' });
}

describe('one effect', () => {
  it('holds wherever the process dies, from the click to the end of the watch', async () => {
    await world.destroy();
    world = new OperationsWorld('development', BRISK);
    const { plan } = await world.proposeScale(5);
    const whole = new MortalProcess(Number.POSITIVE_INFINITY);
    await liveUntilDone(plan.id, whole.operations(world, 'worker-1'));
    await expectOneEffect(plan.id);
    expect(whole.reached).toBeGreaterThan(20);
    for (let diesAt = 1; diesAt <= whole.reached; diesAt += 1) {
      await world.destroy();
      world = new OperationsWorld('development', BRISK);
      const again = await world.proposeScale(5);
      await liveUntilDone(again.plan.id, new MortalProcess(diesAt).operations(world, 'worker-1'));
      await expectOneEffect(again.plan.id);
    }
  }, 120_000);

  it('holds for a worker that was stopped past its lease with the request in its hands', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id);
    const second = world.another('worker-2');
    let isStopped = true;
    world.cluster.beforeWrite = () => {
      if (!isStopped) return;
      isStopped = false;
      throw new PausedHere();
    };
    const zombie = zombieOf(world, second);
    await expect(zombie.operations.execute(plan.id)).rejects.toMatchObject({
      code: 'conflict',
      retryable: true,
    });
    expect(world.cluster.writes).toHaveLength(1);
    expect((await world.read(plan.id)).status).toBe('verifying');
  });

  it.each(['timeout', 'unavailable'] as const)(
    'holds when the answer to the request is lost (%s)',
    async (code) => {
      const { plan } = await world.proposeScale(5);
      await world.approve(plan.id);
      world.cluster.afterWrite = () => {
        throw new OpsError(code, 'no answer');
      };
      await world.runJobs();
      expect(world.cluster.writes).toHaveLength(1);
      expect((await world.read(plan.id)).status).toBe('verifying');
    },
  );

  it('sends again when the object moved without a field of the plan moving', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id);
    let moves = 3;
    world.cluster.beforeWrite = () => {
      if (moves === 0) return;
      moves -= 1;
      world.cluster.edit(CHECKOUT, (object) => {
        object['status'] = { observedGeneration: moves };
      });
    };
    await world.runJobs();
    expect(world.cluster.writes).toHaveLength(1);
  });

  it('ends stale when a field of the plan moves while the request is sent', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id);
    world.cluster.beforeWrite = () => {
      world.cluster.beforeWrite = () => undefined;
      world.cluster.edit(CHECKOUT, (object) => Object.assign(object['spec'] as object, { replicas: 9 }));
    };
    await world.runJobs();
    expect(world.cluster.writes).toEqual([]);
    expect((await world.read(plan.id)).status).toBe('stale');
    expect(await world.store.listIntents(plan.id)).toMatchObject([{ outcome: { kind: 'not_applied' } }]);
  });

  it('leaves the world alone when the cluster refuses, and says so', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id);
    world.cluster.beforeWrite = () => {
      throw new OpsError('forbidden', 'forbidden', { userMessage: 'ada may not.' });
    };
    await world.runJobs();
    expect(await world.read(plan.id)).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('ada may not'),
    });
    expect(await world.store.listIntents(plan.id)).toMatchObject([{ outcome: { kind: 'not_applied' } }]);
  });

  it('holds for any number of workers that carry out the same plan at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 6 }), async (workers) => {
        await world.destroy();
        world = new OperationsWorld();
        const { plan } = await world.proposeScale(5);
        await world.approve(plan.id);
        const pool = Array.from({ length: workers }, (_, index) => world.another(`worker-${index}`));
        await Promise.allSettled(pool.map((worker) => worker.execute(plan.id)));
        await world.clock.advance(TIMING.leaseMs + 1);
        await world.runJobs();
        expect(world.cluster.writes).toHaveLength(1);
      }),
      { numRuns: 20 },
    );
  });
});

class PausedHere extends Error {}

/**
 * A worker whose send is held up: while it hangs, its lease runs out and another worker carries the plan out; then the
 * old request goes out after all, with the resourceVersion that was read before.
 */
function zombieOf(world: OperationsWorld, second: Operations): { operations: Operations } {
  const connection = world.cluster.connect();
  const clusters = {
    list: () => world.cluster.list(),
    connect: () => ({
      ...connection,
      writer: {
        ...connection.writer,
        send: async (...[request, resourceVersion, permit]: Parameters<typeof connection.writer.send>) => {
          try {
            return await connection.writer.send(request, resourceVersion, permit);
          } catch (error) {
            if (!(error instanceof PausedHere)) throw error;
            await world.clock.advance(TIMING.leaseMs + 1);
            await second.execute(permit.planId);
            return connection.writer.send(request, resourceVersion, permit);
          }
        },
      },
    }),
  };
  return { operations: world.another('worker-1', { clusters }) };
}
