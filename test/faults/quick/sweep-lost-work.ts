import { listOwedJobs } from '@jamie/agents';
import type { Clock, JobQueue, Logger, Store } from '@jamie/core';
import type { Operations } from '@jamie/operations';
import { askAgain } from '@jamie/worker';

/** In milliseconds of the trial. */
const SWEEP_MS = 4_000;
const QUIET_MS = 40_000;

export interface SweepOptions {
  readonly operations: Operations;
  readonly store: Store;
  readonly queue: JobQueue;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** Asks again for lost work until the process ends, as the worker of the product does. No plan here is Scarlet's. */
export function sweepLostWork({ operations, store, queue, clock, logger, signal }: SweepOptions): void {
  const checkpoints = { has: async () => true } as unknown as Parameters<
    typeof listOwedJobs
  >[0]['checkpoints'];
  const sweep = async () => {
    while (!signal.aborted) {
      try {
        await operations.recover(QUIET_MS);
        await askAgain(queue, await listOwedJobs({ store, clock, checkpoints }, SWEEP_MS));
      } catch (error) {
        logger.warn('sweep for lost work failed', { err: error });
      }
      await clock.sleep(SWEEP_MS, signal).catch(() => undefined);
    }
  };
  sweep().catch((error: unknown) => logger.error('the sweep ended', { err: error }));
}
