import { type Clock, isOpsError } from '@jamie/core';

/** How long a model may be silent. */
export interface SilenceLimits {
  /** Until the first byte: loading the model and reading the prompt. */
  readonly firstByteMs: number;
  /** Between two parts of the answer. */
  readonly stallMs: number;
  /** From the request to the last byte. */
  readonly totalMs: number;
}

export interface Expiry {
  readonly limit: 'first_byte' | 'stall' | 'total';
  readonly limitMs: number;
}

export interface Watchdog {
  /** Aborts when a limit is passed. */
  readonly signal: AbortSignal;
  /** The first limit that was passed; undefined while all hold. */
  readonly expiry: Expiry | undefined;
  /** Something has come: the watch for the next begins. */
  heard(): void;
  end(): void;
}

/** Watches one request for silence. Starts at once; must be ended. */
export function startWatchdog(clock: Clock, limits: SilenceLimits): Watchdog {
  const abort = new AbortController();
  const total = new AbortController();
  let silence = new AbortController();
  let expiry: Expiry | undefined;

  const wait = (limit: Expiry['limit'], limitMs: number, cancelled: AbortSignal) => {
    const expire = () => {
      expiry ??= { limit, limitMs };
      abort.abort();
    };
    // A sleep that was cancelled is a limit that held; any other failure of the clock must not leave us unwatched.
    clock.sleep(limitMs, cancelled).then(expire, (error: unknown) => {
      if (!isOpsError(error, 'cancelled')) expire();
    });
  };
  wait('total', limits.totalMs, total.signal);
  wait('first_byte', limits.firstByteMs, silence.signal);
  return {
    signal: abort.signal,
    get expiry() {
      return expiry;
    },
    heard() {
      silence.abort();
      silence = new AbortController();
      wait('stall', limits.stallMs, silence.signal);
    },
    end() {
      total.abort();
      silence.abort();
    },
  };
}
