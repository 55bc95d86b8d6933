import { type Clock, isOpsError, type OpsError } from '@jamie/core';

/** What came of something that was given a time limit. */
export type Timed<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'late' }
  | { readonly kind: 'failed'; readonly error: OpsError };

/** Waits for the work, at most so long. What comes later is not heard. Throws only what is no OpsError. */
export async function inTime<Result>(
  clock: Clock,
  limitMs: number,
  work: () => Promise<Result>,
): Promise<Timed<Result>> {
  const patience = new AbortController();
  const working = settle(work);
  const late = clock.sleep(limitMs, patience.signal).then(
    (): Timed<Result> => ({ kind: 'late' }),
    (): Promise<Timed<Result>> => working,
  );
  const timed = await Promise.race([working, late]);
  patience.abort();
  return timed;
}

async function settle<Result>(work: () => Promise<Result>): Promise<Timed<Result>> {
  try {
    return { kind: 'done', result: await work() };
  } catch (error) {
    if (!isOpsError(error)) throw error;
    return { kind: 'failed', error };
  }
}
