import type { Clock, OpsError } from '@jamie/core';
import { toOpsError } from '@jamie/core';

/** Looks at something every so often, from its start until it is stopped. */
export interface RegularLook {
  start(): Promise<void>;
  /** Resolves when the look that runs is over. */
  stop(): Promise<void>;
}

export interface RegularLookOptions {
  readonly clock: Pick<Clock, 'sleep'>;
  /** From the end of one look to the beginning of the next, in milliseconds. */
  readonly intervalMs: number;
  /** `signal` aborts when there are to be no more looks: a long one may end early, and may throw because of it. */
  look(signal: AbortSignal): Promise<void>;
  /** Hears what a look threw. The next one comes all the same. */
  failed(error: OpsError): void;
  /** Looks at the start too, instead of one interval later. Default false. */
  readonly isFirstAtOnce?: boolean;
}

/** Makes what calls `look` regularly, never twice at the same time. */
export function createRegularLook(options: RegularLookOptions): RegularLook {
  const { clock, intervalMs, isFirstAtOnce = false } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    if (isFirstAtOnce) await lookOnce(options, signal);
    while (!signal.aborted) {
      // The only thing that a sleep throws is that it was stopped, which the signal says too.
      await clock.sleep(intervalMs, signal).catch(() => undefined);
      if (!signal.aborted) await lookOnce(options, signal);
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

async function lookOnce({ look, failed }: RegularLookOptions, signal: AbortSignal): Promise<void> {
  try {
    await look(signal);
  } catch (thrown) {
    const error = toOpsError(thrown);
    if (error.code === 'cancelled' && signal.aborted) return;
    failed(error);
  }
}
