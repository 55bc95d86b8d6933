import type { Clock } from '@jamie/core';
import { OpsError } from '@jamie/core';

/** The machine's own time, for tests over real HTTP. */
export const WALL_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: (durationMs, signal) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, durationMs);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(new OpsError('cancelled', 'sleep was cancelled'));
      });
    }),
};
