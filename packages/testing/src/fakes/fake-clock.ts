import { type Clock, OpsError } from '@jamie/core';

interface Sleeper {
  readonly wakesAt: number;
  readonly wake: () => void;
}

/** Midday, so that neither a day's nor a year's edge is near by accident. */
const DEFAULT_START = Date.UTC(2026, 0, 15, 12);

/**
 * A clock that stands still until a test moves it. Sleepers wake in the order of their times, and what they start
 * gets a turn of the event loop before the next one wakes, so that a loop of sleeps runs as often as it would.
 */
export class FakeClock implements Clock {
  /** What passes; sleepers go by it. */
  #elapsed = 0;
  /** What somebody who asks for the time is told beside it. */
  #wallAtStart: number;
  #sleepers: Sleeper[] = [];
  #watchers: { readonly count: number; readonly notify: () => void }[] = [];

  constructor(startsAt: number = DEFAULT_START) {
    this.#wallAtStart = startsAt;
  }

  now(): number {
    return this.#wallAtStart + this.#elapsed;
  }

  elapsed(): number {
    return this.#elapsed;
  }

  /** Somebody sets the clock forward, or back with a negative number; nothing passes and nobody wakes. */
  set(byMs: number): void {
    this.#wallAtStart += byMs;
  }

  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.reject(cancelled(signal));
    if (durationMs <= 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(cancelled(signal));
      };
      const wake = () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const sleeper: Sleeper = { wakesAt: this.#elapsed + durationMs, wake };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', abort, { once: true });
      this.#notifyWatchers();
    });
  }

  /** Moves time forward, waking every sleeper whose time comes on the way. Resolves once they have had a turn. */
  async advance(durationMs: number): Promise<void> {
    const target = this.#elapsed + durationMs;
    await turn();
    for (let next = this.#takeDue(target); next !== undefined; next = this.#takeDue(target)) {
      this.#elapsed = Math.max(this.#elapsed, next.wakesAt);
      next.wake();
      await turn();
    }
    this.#elapsed = target;
  }

  /** How many calls of sleep have not woken yet. */
  get sleeping(): number {
    return this.#sleepers.length;
  }

  /** Resolves as soon as at least `count` calls of sleep are waiting: then an advance cannot come too early. */
  untilSleeping(count = 1): Promise<void> {
    if (this.#sleepers.length >= count) return Promise.resolve();
    return new Promise((notify) => {
      this.#watchers.push({ count, notify });
    });
  }

  #takeDue(target: number): Sleeper | undefined {
    const [first] = this.#sleepers.toSorted((one, other) => one.wakesAt - other.wakesAt);
    if (first === undefined || first.wakesAt > target) return undefined;
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== first);
    return first;
  }

  #notifyWatchers(): void {
    const ready = this.#watchers.filter((watcher) => this.#sleepers.length >= watcher.count);
    this.#watchers = this.#watchers.filter((watcher) => !ready.includes(watcher));
    for (const watcher of ready) watcher.notify();
  }
}

function cancelled(signal: AbortSignal | undefined): OpsError {
  return new OpsError('cancelled', 'sleep was cancelled', { cause: signal?.reason });
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
