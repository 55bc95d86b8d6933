import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { JobQueue } from '@jamie/core';
import { systemClock } from '@jamie/runtime';
import { FakeClock } from '@jamie/testing';
import { type JobQueueSubject, jobQueueContract } from '@jamie/testing/contracts';
import { openTestQueue } from '../support/bull-queue.ts';
import { describeOnRedis } from '../support/describe-redis.ts';

/** Real time passes here, so a lease is long enough to tell "before" from "after" on a busy machine. */
const LEASE_MS = 2_000;
const WORKER = fileURLToPath(new URL('./bull-worker.entry.ts', import.meta.url));

describeOnRedis('BullMQ', (redis) => {
  const prefixes = new WeakMap<JobQueueSubject, string>();
  let subjects = 0;

  async function createSubject(): Promise<JobQueueSubject> {
    subjects += 1;
    const keyPrefix = `contract${subjects}`;
    const shared = { url: redis().url, keyPrefix, leaseMs: LEASE_MS };
    const queues: JobQueue[] = [];
    const kept = async (opening: Promise<JobQueue>) => {
      const queue = await opening;
      queues.push(queue);
      return queue;
    };
    const subject: JobQueueSubject = {
      queue: await kept(openTestQueue(shared)),
      leaseMs: LEASE_MS,
      openSecondQueue: () => kept(openTestQueue(shared)),
      // Of one job at a time, so that it does not take its own job up again.
      openStalledQueue: () => kept(openTestQueue({ ...shared, clock: new FakeClock(), concurrency: 1 })),
      passTime: (durationMs) => systemClock.sleep(durationMs),
      async destroy() {
        await Promise.all(queues.map((queue) => queue.close()));
      },
    };
    prefixes.set(subject, keyPrefix);
    return subject;
  }

  jobQueueContract({
    name: 'BullMQ',
    create: createSubject,
    capabilities: {
      canPassDays: false,
      spawnWorker: (subject) =>
        spawn(
          process.execPath,
          [
            '--disable-warning=ExperimentalWarning',
            WORKER,
            ...[redis().url, prefixes.get(subject) ?? '', String(LEASE_MS)],
          ],
          { stdio: ['ignore', 'pipe', 'inherit'], env: {} },
        ),
    },
  });
});
