import { isOpsError, type OpsError, type UnreadKind } from '@jamie/core';
import { isGone } from '../transport/api-error.ts';

/** What is known of a kind when reading it fails. */
export interface Standing {
  /** Failures in a row, this one included. */
  readonly failures: number;
  /** Read before, and not given up as refused since. */
  readonly wasReadable: boolean;
  /** How long the cluster has been refusing the kind without a break; 0 at the first refusal. */
  readonly refusedForMs: number;
}

/** What an informer does after a failure. */
export type Recovery =
  /** The history was too old: list anew, at once. */
  | { readonly kind: 'relist'; readonly reason: 'gone' }
  /** Not allowed or not served: the same answer is expected for a long time. */
  | { readonly kind: 'retry_slowly'; readonly reason: 'forbidden' | 'not_served' }
  /** The cluster cannot be reached or is overloaded: the gate paces all kinds together. */
  | {
      readonly kind: 'wait_for_cluster';
      readonly reason: 'unavailable' | 'timeout' | 'forbidden';
      readonly retryAfterMs: number;
    }
  /** This kind alone gets bad answers: it backs off by itself. */
  | { readonly kind: 'back_off'; readonly reason: 'unavailable' | 'timeout'; readonly delayMs: number };

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
const LONGEST_RETRY_AFTER_MS = 60_000;
/**
 * An API server that has just started refuses everybody until it has read its roles, which takes seconds. A refusal
 * that outlives this is meant.
 */
const REFUSAL_DOUBTED_MS = 60_000;
const OVERLOADED: ReadonlySet<unknown> = new Set([429, 502, 503, 504]);

/** Decides how an informer goes on after a failure. It always goes on. `jitter` is a random number from 0 to 1. */
export function decideRecovery(error: OpsError, standing: Standing, jitter: number): Recovery {
  const { failures } = standing;
  const status = error.details['status'];
  // A second 410 in a row means that the server's answer does not help: no tight loop of lists.
  if (status === 410 && failures === 1) return { kind: 'relist', reason: 'gone' };
  if (error.code === 'forbidden') {
    if (!isRefusalDoubted(standing)) return { kind: 'retry_slowly', reason: 'forbidden' };
    return { kind: 'wait_for_cluster', reason: 'forbidden', retryAfterMs: 0 };
  }
  if (error.code === 'not_found') return { kind: 'retry_slowly', reason: 'not_served' };
  const reason = error.code === 'timeout' ? 'timeout' : 'unavailable';
  const isUnreachable = status === undefined && error.details['vendorCode'] !== undefined;
  if (isUnreachable || error.code === 'timeout' || error.code === 'rate_limited' || OVERLOADED.has(status)) {
    const retryAfterMs = Math.min(error.retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS);
    return { kind: 'wait_for_cluster', reason, retryAfterMs };
  }
  return { kind: 'back_off', reason, delayMs: backoffMs(failures, jitter, LONGEST_DELAY_MS) };
}

/** Whether a failure is the answer of a cluster that is well, so that the other kinds need not wait for it. */
export function isAnswer(error: unknown, standing: Standing): boolean {
  if (isOpsError(error, 'forbidden')) return !isRefusalDoubted(standing);
  return isGone(error) || isOpsError(error, 'not_found');
}

function isRefusalDoubted({ wasReadable, refusedForMs }: Standing): boolean {
  return wasReadable && refusedForMs < REFUSAL_DOUBTED_MS;
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
