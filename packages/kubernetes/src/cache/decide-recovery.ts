import type { OpsError, UnreadKind } from '@jamie/core';

/** What an informer does after a failure. */
export type Recovery =
  /** The history was too old: list anew, at once. */
  | { readonly kind: 'relist'; readonly reason: 'gone' }
  /** Not allowed or not served: the same answer is expected for a long time. */
  | { readonly kind: 'retry_slowly'; readonly reason: 'forbidden' | 'not_served' }
  /** The cluster cannot be reached or is overloaded: the gate paces all kinds together. */
  | {
      readonly kind: 'wait_for_cluster';
      readonly reason: 'unavailable' | 'timeout';
      readonly retryAfterMs: number;
    }
  /** This kind alone gets bad answers: it backs off by itself. */
  | { readonly kind: 'back_off'; readonly reason: 'unavailable' | 'timeout'; readonly delayMs: number };

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
const LONGEST_RETRY_AFTER_MS = 60_000;
const OVERLOADED: ReadonlySet<unknown> = new Set([429, 502, 503, 504]);

/**
 * Decides how an informer goes on after a failure. It always goes on. `failures` counts those in a row, this one
 * included; `jitter` is a random number from 0 to 1.
 */
export function decideRecovery(error: OpsError, failures: number, jitter: number): Recovery {
  const status = error.details['status'];
  // A second 410 in a row means that the server's answer does not help: no tight loop of lists.
  if (status === 410 && failures === 1) return { kind: 'relist', reason: 'gone' };
  if (error.code === 'forbidden') return { kind: 'retry_slowly', reason: 'forbidden' };
  if (error.code === 'not_found') return { kind: 'retry_slowly', reason: 'not_served' };
  const reason = error.code === 'timeout' ? 'timeout' : 'unavailable';
  const isUnreachable = status === undefined && error.details['vendorCode'] !== undefined;
  if (isUnreachable || error.code === 'timeout' || error.code === 'rate_limited' || OVERLOADED.has(status)) {
    const retryAfterMs = Math.min(error.retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS);
    return { kind: 'wait_for_cluster', reason, retryAfterMs };
  }
  return { kind: 'back_off', reason, delayMs: backoffMs(failures, jitter, LONGEST_DELAY_MS) };
}

/** Exponential from half a second, with up to a quarter more by chance, never beyond `longestMs`. */
export function backoffMs(failures: number, jitter: number, longestMs: number): number {
  const delayMs = FIRST_DELAY_MS * 2 ** Math.min(failures - 1, 16);
  return Math.min(delayMs * (1 + jitter / 4), longestMs);
}

/** What a failure says about the kind in a snapshot. */
export function unreadReasonOf(recovery: Recovery): UnreadKind['reason'] {
  return recovery.kind === 'relist' ? 'unavailable' : recovery.reason;
}
