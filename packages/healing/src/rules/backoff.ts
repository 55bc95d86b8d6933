const MINUTE_MS = 60_000;
const FIRST_MS = 2 * MINUTE_MS;
const LONGEST_MS = 60 * MINUTE_MS;
/** Up to a quarter sooner or later, so that cases which failed together are not tried together. */
const SPREAD = 0.25;

/**
 * How long to wait after the attempt with this number (from 1), in milliseconds: two minutes, doubled each time up to
 * an hour, spread by `jitter` (0..1).
 */
export function backoffMs(attempt: number, jitter: number): number {
  const plain = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(Math.max(0, attempt - 1), 10));
  return Math.round(plain * (1 - SPREAD + 2 * SPREAD * jitter));
}
