import { type Clock, isOpsError, OpsError } from '@jamie/core';

/**
 * Waits for `work` for so long at most, then throws unavailable: a connection that stays silent must hold up nobody.
 * The work itself goes on, so it must be safe to repeat; what becomes of it later is of no interest.
 */
export async function within<Value>(clock: Clock, limitMs: number, work: Promise<Value>): Promise<Value> {
  const settled = new AbortController();
  const tooLate = clock.sleep(limitMs, settled.signal).then(
    () => {
      throw new OpsError('unavailable', 'redis did not answer in time', { details: { limitMs } });
    },
    (error: unknown) => {
      // The work has ended, and the result of this race with it.
      if (!isOpsError(error, 'cancelled')) throw error;
      return work;
    },
  );
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    settled.abort();
    tooLate.catch(() => undefined);
  }
}
