import type { CorrelationId, JobRequest } from '@jamie/core';
import type { JobsOptions } from 'bullmq';
import { z } from 'zod';

const HOUR_S = 60 * 60;
/** So long a finished job is known again: its id is what makes a second request a duplicate. */
const COMPLETED_KEPT_S = 24 * HOUR_S;
/** A failed job is what somebody looks for days later. */
const FAILED_KEPT_S = 14 * 24 * HOUR_S;

const storedJobSchema = z.object({
  deduplicationId: z.string(),
  correlationId: z.string().transform((id) => id as CorrelationId),
  payload: z.unknown(),
});

/** What BullMQ keeps of a job. */
export interface StoredJob {
  readonly deduplicationId: string;
  readonly correlationId: CorrelationId;
  readonly payload: unknown;
  /** Who added it: the same job added twice keeps the ticket of the first. */
  readonly ticket?: string;
}

/** Throws when what stands in Redis is no job of ours. */
export function readStoredJob(data: unknown): StoredJob {
  return storedJobSchema.parse(data);
}

/** BullMQ's id of a job. It allows no colon and no whole number; this is neither, and two ids never become one. */
export function bullIdOf(deduplicationId: string): string {
  return `job-${encodeURIComponent(deduplicationId.toWellFormed())}`;
}

/**
 * How BullMQ keeps a job. It counts no attempts of its own: the strategy of the worker decides each time, by
 * decideRetry, so the number here only stays out of its way.
 */
export function bullOptionsOf({ deduplicationId, runAt }: JobRequest, now: number): JobsOptions {
  return {
    jobId: bullIdOf(deduplicationId),
    delay: Math.max(0, (runAt ?? now) - now),
    attempts: Number.MAX_SAFE_INTEGER,
    backoff: { type: 'decided' },
    removeOnComplete: { age: COMPLETED_KEPT_S },
    removeOnFail: { age: FAILED_KEPT_S },
    // A stack names paths and may quote data; the error's code and message are enough, and the log has the rest.
    stackTraceLimit: 0,
  };
}
