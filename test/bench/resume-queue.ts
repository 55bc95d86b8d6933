import type { IdSource, JobQueue } from '@jamie/core';
import { openDatabase } from '@jamie/database';
import { createEmbeddedJobQueue } from '@jamie/jobs';
import { openBullJobQueue } from '@jamie/jobs/bullmq';
import { systemClock } from '@jamie/runtime';
import { RecordingLogger } from '@jamie/testing';
import { ACTION_CATALOG } from './durable-action.ts';

/** What a job is held for without a sign of life, in milliseconds: what the product takes unless told otherwise. */
export const LEASE_MS = 30_000;

/**
 * The queue at a place: on Redis where that is a URL, else in the data directory of that path. `of` parts the queues of
 * one Redis.
 */
export async function openResumeQueue(place: string, of: string, ids: IdSource): Promise<JobQueue> {
  const shared = {
    ...{ catalog: ACTION_CATALOG, clock: systemClock, ids, random: Math.random, leaseMs: LEASE_MS },
    logger: new RecordingLogger(),
  };
  return place.startsWith('redis:')
    ? openBullJobQueue({ ...shared, url: place, keyPrefix: of })
    : createEmbeddedJobQueue({ ...shared, database: openDatabase({ directory: place }) });
}
