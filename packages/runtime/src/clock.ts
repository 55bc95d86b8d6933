import { type Clock, OpsError } from '@jamie/core';

/** The longest delay that a timer of Node takes; longer ones would fire at once. */
const MAX_TIMER_MS = 2_147_483_647;

/** The machine's clock. A sleep keeps the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  async sleep(durationMs, signal) {
    for (let left = Math.max(0, durationMs); left > 0; left -= MAX_TIMER_MS) {
      await wait(Math.min(left, MAX_TIMER_MS), signal);
    }
    if (signal?.aborted === true) throw cancelled(signal);
  },
};

/** A timer of its own: the abort of Node's makes another error for each, and every job and request ends some sleeps. */
function wait(durationMs: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(cancelled(signal));
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      if (signal?.aborted === true) reject(cancelled(signal));
      else resolve();
    };
    const timer = setTimeout(end, durationMs);
    signal?.addEventListener('abort', end, { once: true });
  });
}

function cancelled({ reason }: AbortSignal): OpsError {
  return new OpsError('cancelled', 'sleep was cancelled', { cause: reason });
}
