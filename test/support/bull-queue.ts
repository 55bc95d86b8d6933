import type { Clock, Logger } from '@jamie/core';
import { createJobCatalog, defineJob, type JobCatalog } from '@jamie/jobs';
import { type BullJobQueue, openBullJobQueue } from '@jamie/jobs/bullmq';
import { randomIds, systemClock } from '@jamie/runtime';
import { CONTRACT_JOBS, RecordingLogger } from '@jamie/testing';
import { z } from 'zod';

/** The contract's jobs as a catalog. */
const CONTRACT_CATALOG: JobCatalog = createJobCatalog(
  CONTRACT_JOBS.map(({ backoffMs, ...job }) =>
    defineJob({
      ...job,
      schema: z.strictObject({ number: z.int() }),
      backoff: { kind: 'exponential', initialMs: backoffMs, maxMs: 1_000, jitter: 0.5 },
    }),
  ),
);

export interface TestQueueOptions {
  readonly url: string;
  /** Queues of one prefix are one queue. */
  readonly keyPrefix: string;
  readonly leaseMs: number;
  readonly catalog?: JobCatalog;
  readonly clock?: Clock;
  readonly logger?: Logger;
  readonly concurrency?: number;
}

/** A queue on a Redis of the test, as the product opens it. */
export function openTestQueue(options: TestQueueOptions): Promise<BullJobQueue> {
  return openBullJobQueue({
    ...{ catalog: CONTRACT_CATALOG, clock: systemClock, logger: new RecordingLogger() },
    ...{ ids: randomIds, random: () => 0.5 },
    ...options,
  });
}
