import type { Clock } from '@jamie/core';
import { isOpsError } from '@jamie/core';

/** Looks at something every so often, from its start until it is stopped. */
export interface RegularLook {
  start(): Promise<void>;
  /** Resolves when the look that runs is over; rejects with what a look threw, which ended it. */
  stop(): Promise<void>;
}

export interface RegularLookOptions {
  readonly clock: Clock;
  /** From the end of one look to the beginning of the next, in milliseconds. */
  readonly intervalMs: number;
  look(): Promise<void>;
  /** Looks at the start too, instead of one interval later. Default false. */
  readonly isFirstAtOnce?: boolean;
}

/** Makes what calls `look` regularly, never twice at the same time. */
export function createRegularLook({
  clock,
  intervalMs,
  look,
  isFirstAtOnce = false,
}: RegularLookOptions): RegularLook {
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    try {
      if (isFirstAtOnce) await look();
      while (!stopping.signal.aborted) {
        await clock.sleep(intervalMs, stopping.signal);
        await look();
      }
    } catch (error) {
      if (!isOpsError(error, 'cancelled')) throw error;
    }
  }

  return {
    async start() {
      running = run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
