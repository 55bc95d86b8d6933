import type { CorrelationId } from '../ids.ts';
import type { JsonObject } from '../json.ts';

/** Work for the pool. `name` must be in the job catalog; `payload` is checked against its schema on both sides. */
export interface JobRequest {
  readonly name: string;
  readonly payload: JsonObject;
  /** A second request with the same id is the same job, also after it has finished (kept for at least a day). */
  readonly deduplicationId: string;
  /** Not before this time; absent: now. */
  readonly runAt?: number;
  readonly correlationId: CorrelationId;
}

export interface JobContext {
  readonly deduplicationId: string;
  readonly correlationId: CorrelationId;
  /** Starts at 1. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** Aborts when the lease is lost, the time limit is reached or the worker stops. */
  readonly signal: AbortSignal;
}

/** Runs one job. Throwing a retryable OpsError retries with backoff; anything else fails the job at once. */
export type JobProcessor = (payload: JsonObject, context: JobContext) => Promise<void>;

export interface JobCounts {
  readonly waiting: number;
  readonly delayed: number;
  readonly active: number;
  readonly failed: number;
}

export interface JobWorker {
  /** Takes no new job, gives running ones `graceMs` to finish, then lets go of them: another worker resumes. */
  stop(graceMs: number): Promise<void>;
}

/** At least once: a job whose worker dies runs again after its lease. Truth is in the store, never here. */
export interface JobQueue {
  add(job: JobRequest): Promise<'added' | 'duplicate'>;
  /** Starts taking jobs. A job name without a processor, or a processor without a catalog entry, is config_invalid. */
  work(processors: Readonly<Record<string, JobProcessor>>): JobWorker;
  counts(): Promise<JobCounts>;
  close(): Promise<void>;
}
