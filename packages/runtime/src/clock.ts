import { setTimeout as delay } from 'node:timers/promises';
import { type Clock, OpsError } from '@jamie/core';

/** The longest delay that a timer of Node takes; longer ones would fire at once. */
const MAX_TIMER_MS = 2_147_483_647;

/** The machine's clock. A sleep keeps the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  async sleep(durationMs, signal) {
    try {
      for (let left = Math.max(0, durationMs); left > 0; left -= MAX_TIMER_MS) {
        await delay(Math.min(left, MAX_TIMER_MS), undefined, signal === undefined ? {} : { signal });
      }
      signal?.throwIfAborted();
    } catch (error) {
      throw new OpsError('cancelled', 'sleep was cancelled', { cause: error });
    }
  },
};
