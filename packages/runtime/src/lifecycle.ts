import { type Clock, type Logger, OpsError } from '@jamie/core';

/** A part of the process that is started and stopped. */
export interface Part {
  readonly name: string;
  start?(): Promise<void> | void;
  stop?(): Promise<void> | void;
}

export interface LifecycleOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long one part may take to stop before it is left behind. Default: 5000. */
  readonly stopTimeoutMs?: number;
}

/** Starts parts in order and stops them in reverse order. */
export interface Lifecycle {
  /** Starts the part now. When it fails, everything started so far is stopped and the failure is thrown. */
  start(part: Part): Promise<void>;
  /** Stops everything that was started, last first, each within its time. Safe to call again: it is done once. */
  stop(): Promise<void>;
}

/** Makes a lifecycle. Not for concurrent starts: one part begins when the one before stands. */
export function createLifecycle(options: LifecycleOptions): Lifecycle {
  const started: Part[] = [];
  let stopping: Promise<void> | undefined;
  const stopAll = async (): Promise<void> => {
    for (let part = started.pop(); part !== undefined; part = started.pop()) await stopPart(part, options);
  };
  const stop = (): Promise<void> => {
    stopping ??= stopAll();
    return stopping;
  };
  return {
    stop,
    async start(part) {
      if (stopping !== undefined) throw new OpsError('cancelled', 'the process is stopping');
      started.push(part);
      try {
        await part.start?.();
      } catch (error) {
        // The part that failed may hold half of what it opened: it is stopped as well.
        await stop();
        throw error;
      }
    },
  };
}

async function stopPart(
  part: Part,
  { clock, logger, stopTimeoutMs = 5_000 }: LifecycleOptions,
): Promise<void> {
  const timer = new AbortController();
  const timeout = clock.sleep(stopTimeoutMs, timer.signal).then(
    () => 'timeout' as const,
    () => 'cancelled' as const,
  );
  try {
    const outcome = await Promise.race([Promise.resolve(part.stop?.()), timeout]);
    if (outcome === 'timeout')
      logger.warn('part did not stop in time', { component: part.name, stopTimeoutMs });
  } catch (error) {
    // One part that cannot stop must not keep the others running.
    logger.error('part failed to stop', { component: part.name, err: error });
  } finally {
    timer.abort();
  }
}

/** The part of `process` that signal handling needs. */
export interface SignalSource {
  on(signal: 'SIGTERM' | 'SIGINT', listener: () => void): unknown;
  off(signal: 'SIGTERM' | 'SIGINT', listener: () => void): unknown;
  exit(code: number): void;
}

/**
 * For main.ts: stops on SIGTERM or SIGINT and then exits with 0, or 1 when stopping failed. A second signal exits at
 * once with 130. Returns what takes the handlers away again.
 */
export function stopOnSignals(source: SignalSource, stop: () => Promise<void>): () => void {
  let isStopping = false;
  const onSignal = (): void => {
    if (isStopping) {
      source.exit(130);
      return;
    }
    isStopping = true;
    stop().then(
      () => source.exit(0),
      () => source.exit(1),
    );
  };
  source.on('SIGTERM', onSignal);
  source.on('SIGINT', onSignal);
  return () => {
    source.off('SIGTERM', onSignal);
    source.off('SIGINT', onSignal);
  };
}

/**
 * For main.ts: what to call with a failure that the process must not live on with. The first one is said, everything is
 * stopped, and the process exits with 1, also when stopping fails.
 */
export function stopOnFailure(
  source: Pick<SignalSource, 'exit'>,
  stop: () => Promise<void>,
  say: (failure: OpsError) => void,
): (failure: OpsError) => void {
  let isStopping = false;
  return (failure) => {
    if (isStopping) return;
    isStopping = true;
    say(failure);
    const exit = () => source.exit(1);
    stop().then(exit, exit);
  };
}
