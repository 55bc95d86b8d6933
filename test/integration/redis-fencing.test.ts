import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Clusters, JobProcessor, PlanId } from '@jamie/core';
import { createJobCatalog, JOB_CATALOG, type JobDefinition } from '@jamie/jobs';
import { FakeClock } from '@jamie/testing';
import { contractJob, recordWork, until } from '@jamie/testing/contracts';
import { expect, it } from '@jest/globals';
import { OperationsWorld, TIMING } from '../../packages/operations/src/operations-world.fixture.ts';
import { randomSource } from '../faults/shuffle.ts';
import { openTestQueue } from '../support/bull-queue.ts';
import { describeOnRedis } from '../support/describe-redis.ts';

const LEASE_MS = 500;
const TRIALS = 12;
const KILLS = 3;
const WORKER = fileURLToPath(new URL('./bull-worker.entry.ts', import.meta.url));
const EXECUTE = createJobCatalog([JOB_CATALOG.get('operations.execute') as JobDefinition]);
/** When the loop of the first worker turns again: before, while or after the second acts. */
const MOMENTS = ['before', 'while', 'after'] as const;

/** The same clusters, whose writes wait for a gate: what a blocked loop does to a request that is about to be sent. */
function held(clusters: Clusters, gate: Promise<void>, onHeld: () => void): Clusters {
  return {
    list: () => clusters.list(),
    connect: (name) => {
      const connection = clusters.connect(name);
      const { writer } = connection;
      const send: typeof writer.send = async (...given) => {
        onHeld();
        await gate;
        return writer.send(...given);
      };
      return { ...connection, writer: { dryRun: (...given) => writer.dryRun(...given), send } };
    },
  };
}

describeOnRedis('A worker that lost its job', (redis) => {
  const seed = Number(process.env['JAMIE_SEED'] ?? Date.now() % 100_000);
  const random = randomSource(seed);

  it.each(Array.from({ length: TRIALS }, (_, trial) => [trial, MOMENTS[Math.floor(random() * 3)]] as const))(
    `F3: has no second effect when its loop was blocked past the lock (seed ${seed}, trial %i, %s)`,
    async (trial, moment) => {
      const world = new OperationsWorld();
      const shared = {
        url: redis().url,
        keyPrefix: `fence${seed}-${trial}`,
        leaseMs: LEASE_MS,
        catalog: EXECUTE,
      };
      // Its clock stands still, so that it renews nothing: all that Redis sees of a loop that does not turn.
      const blocked = await openTestQueue({ ...shared, clock: new FakeClock(), concurrency: 1 });
      const other = await openTestQueue(shared);
      try {
        const { plan } = await world.proposeScale(5);
        await world.approve(plan.id);
        const turnsAgain = Promise.withResolvers<void>();
        const firstSends = Promise.withResolvers<void>();
        const zombie = world.another('worker-1', {
          clusters: held(world.cluster, turnsAgain.promise, () => firstSends.resolve()),
        });
        const secondSends = Promise.withResolvers<void>();
        const successor = world.another('worker-2', {
          clusters: held(world.cluster, secondSends.promise, () => {
            if (moment === 'while') turnsAgain.resolve();
            secondSends.resolve();
          }),
        });
        let runs = 0;
        const executing =
          (execute: (planId: PlanId) => Promise<void>): JobProcessor =>
          async (payload) => {
            runs += 1;
            await execute(payload['planId'] as PlanId);
          };
        const first = blocked.work({ 'operations.execute': executing((id) => zombie.execute(id)) });
        const { id: planId, correlationId } = plan;
        await blocked.add({
          ...{
            name: 'operations.execute',
            payload: { planId },
            deduplicationId: `execute:${planId}`,
            correlationId,
          },
        });
        await firstSends.promise;
        // The time that it was blocked for has passed for everybody's leases.
        await world.clock.advance(TIMING.leaseMs * 1.1);
        const lock = `${shared.keyPrefix}:jobs:${`job-execute%3A${planId}`}:lock`;
        await until(async () => (await redis().command('EXISTS', lock)) === '0', 'its lock has run out');
        if (moment === 'before') turnsAgain.resolve();
        const second = other.work({ 'operations.execute': executing((id) => successor.execute(id)) });
        await until(() => runs === 2, 'BullMQ gives the job to the other');
        await until(async () => (await other.counts()).active === 0, 'the other has ended');
        turnsAgain.resolve();
        await first.stop(2_000);
        await second.stop(2_000);
        expect(world.cluster.writes).toHaveLength(1);
        expect((await world.read(planId)).status).toBe('verifying');
        const intents = await world.store.listIntents(planId);
        expect(intents).toHaveLength(1);
        expect(intents[0]?.completedAt).toBeDefined();
      } finally {
        await Promise.all([blocked.close(), other.close()]);
        await world.destroy();
      }
    },
  );

  it(`is followed by another within its lease and two seconds of kill -9, ${KILLS} times`, async () => {
    const keyPrefix = `kills${seed}`;
    const queue = await openTestQueue({ url: redis().url, keyPrefix, leaseMs: LEASE_MS });
    const takenUpMs: number[] = [];
    const children: ChildProcess[] = [];
    try {
      for (let kill = 0; kill < KILLS; kill += 1) {
        await queue.add(contractJob(`job${kill}`));
        const child = spawn(
          process.execPath,
          ['--disable-warning=ExperimentalWarning', WORKER, redis().url, keyPrefix, String(LEASE_MS)],
          { stdio: ['ignore', 'pipe', 'inherit'], env: {} },
        );
        children.push(child);
        const closed = once(child, 'close');
        let killedAt = 0;
        for await (const _line of createInterface({ input: child.stdout })) {
          child.kill('SIGKILL');
          killedAt = performance.now();
        }
        await closed;
        const { runs, worker } = recordWork(queue);
        await until(() => runs.length === 1, 'another has the job');
        takenUpMs.push(performance.now() - killedAt);
        await worker.stop(1_000);
      }
    } finally {
      for (const child of children) child.kill('SIGKILL');
      await queue.close();
    }
    expect(Math.max(...takenUpMs)).toBeLessThan(LEASE_MS + 2_000);
  }, 60_000);
});
