import type { OpsError } from '@jamie/core';
import type { Backoff, JobDefinition } from './catalog.ts';

export type RetryDecision =
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'fail'; readonly reason: 'not_retryable' | 'attempts_exhausted' };

/**
 * Decides what becomes of a job whose run `attempt` (from 1) ended in this error. `random` is in 0..1. A server that
 * said when to come back is not asked before.
 */
export function decideRetry(
  error: OpsError,
  attempt: number,
  definition: JobDefinition,
  random: number,
): RetryDecision {
  if (!error.retryable) return { kind: 'fail', reason: 'not_retryable' };
  if (attempt >= definition.maxAttempts) return { kind: 'fail', reason: 'attempts_exhausted' };
  const delayMs = Math.max(backoffMs(definition.backoff, attempt, random), error.retryAfterMs ?? 0);
  return { kind: 'retry', delayMs };
}

/** The pause after the given failed attempt (from 1), between (1 - jitter) and 1 times the exponential one. */
export function backoffMs(backoff: Backoff, attempt: number, random: number): number {
  const whole = Math.min(backoff.maxMs, backoff.initialMs * 2 ** (attempt - 1));
  return Math.round(whole * (1 - backoff.jitter * random));
}
