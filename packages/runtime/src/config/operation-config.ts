import { z } from 'zod';
import { wholeNumber } from './variable.ts';

/** The pace of execution and verification. The defaults suit real clusters; tests and demonstrations shrink them. */
export interface OperationConfig {
  /** How long one worker alone may act on a plan without renewing its lease. */
  readonly executionLeaseMs: number;
  /** How long a workload must be ready without a break before a change counts as good. */
  readonly verifyReadyMs: number;
  /** After this a rollout that is not complete has failed. */
  readonly verifyTimeoutMs: number;
  /** How long a change that has begun waits for a cluster that does not answer. */
  readonly giveUpAfterMs: number;
  /** Multiplies the time for which a change is watched after it was verified: 1 is the full window of its risk tier. */
  readonly watchScale: number;
}

/** The pace of the embedded job queue. */
export interface JobConfig {
  /** How long a job may run without a heartbeat before another worker takes it. */
  readonly leaseMs: number;
  /** How many jobs run at once. */
  readonly concurrency: number;
}

const DAY_MS = 86_400_000;

export const operationVariables = z.object({
  EXECUTION_LEASE_MS: wholeNumber(100, DAY_MS)
    .default(30_000)
    .describe(
      'How long one worker alone may act on a plan without renewing, in milliseconds. Default: 30000',
    ),
  VERIFY_READY_MS: wholeNumber(0, DAY_MS)
    .default(15_000)
    .describe(
      'How long a workload must stay ready before a change counts as good, in milliseconds. Default: 15000',
    ),
  VERIFY_TIMEOUT_MS: wholeNumber(100, DAY_MS)
    .default(600_000)
    .describe('After how long an incomplete rollout is rolled back, in milliseconds. Default: 600000'),
  GIVE_UP_AFTER_MS: wholeNumber(1_000, DAY_MS)
    .default(1_800_000)
    .describe('After how long a begun change ends where nothing answers, in milliseconds. Default: 1800000'),
  WATCH_SCALE: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,6})?$/, 'must be a number from 0 to 100, for example 0.1')
    .transform(Number)
    .refine((scale) => scale <= 100, 'must be a number from 0 to 100, for example 0.1')
    .default(1)
    .describe(
      'Multiplies the time for which a change is watched afterwards; 0 watches not at all. Default: 1',
    ),
  JOB_LEASE_MS: wholeNumber(100, DAY_MS)
    .default(30_000)
    .describe(
      'How long a job may run without a heartbeat before another worker takes it, in milliseconds. Default: 30000',
    ),
  JOB_CONCURRENCY: wholeNumber(1, 100).default(4).describe('How many jobs run at once. Default: 4'),
});

/** The operations' configuration from its variables. */
export function toOperationConfig(values: z.output<typeof operationVariables>): OperationConfig {
  return {
    executionLeaseMs: values.EXECUTION_LEASE_MS,
    verifyReadyMs: values.VERIFY_READY_MS,
    verifyTimeoutMs: values.VERIFY_TIMEOUT_MS,
    giveUpAfterMs: values.GIVE_UP_AFTER_MS,
    watchScale: values.WATCH_SCALE,
  };
}

/** The job queue's configuration from its variables. */
export function toJobConfig(values: z.output<typeof operationVariables>): JobConfig {
  return { leaseMs: values.JOB_LEASE_MS, concurrency: values.JOB_CONCURRENCY };
}
