import { toOpsError } from '@jamie/core';

/**
 * The result of the work, or the signal's reason as soon as it aborts. What was begun may go on for a while, unheard:
 * only work whose effects are stored by whoever waits for it may be left like that.
 */
export async function unlessAborted<Result>(
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  if (signal.aborted) throw toOpsError(signal.reason);
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(toOpsError(signal.reason));
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work(), aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
