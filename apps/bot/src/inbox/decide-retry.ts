import type { OpsError } from '@jamie/core';

export type RetryDecision =
  | { readonly kind: 'retry'; readonly delayMs: number }
  | { readonly kind: 'give_up'; readonly reason: 'cannot_help' | 'too_long' };

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** Longer than a restart or a short outage; after that the person should know. */
const PATIENCE_MS = 10 * 60_000;

/** Decides what becomes of a delivery whose handling failed. Pure: `waitedMs` counts since the first attempt. */
export function decideRetry(error: OpsError, attempt: number, waitedMs: number): RetryDecision {
  if (!error.retryable) return { kind: 'give_up', reason: 'cannot_help' };
  if (waitedMs > PATIENCE_MS) return { kind: 'give_up', reason: 'too_long' };
  const backoffMs = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(attempt, 10));
  return { kind: 'retry', delayMs: Math.max(backoffMs, error.retryAfterMs ?? 0) };
}
