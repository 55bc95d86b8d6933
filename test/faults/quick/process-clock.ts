import { setTimeout as delay } from 'node:timers/promises';
import { type Clock, OpsError } from '@jamie/core';

/** So much faster than the wall time passes for the processes of a trial: a second takes 125 ms. */
export const SPEED = 8;

/** The machine's clock for one process of a trial: fast, to be set by hand, and standing still while the process is stopped. */
export class ProcessClock implements Clock {
  /** How far the machine's clock was set, in milliseconds of the trial. */
  offsetMs = 0;
  #thawed: Promise<void> = Promise.resolve();

  now(): number {
    return Math.floor(performance.timeOrigin + performance.now() * SPEED) + this.offsetMs;
  }

  elapsed(): number {
    return performance.now() * SPEED;
  }

  /** Nothing that sleeps wakes until this has resolved. */
  stopUntil(thawed: Promise<void>): void {
    this.#thawed = thawed;
  }

  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    return this.#sleep(durationMs / SPEED, signal);
  }

  /** The same process by the wall's time, for what has no other: Redis. */
  get ofTheWall(): Clock {
    return {
      now: () => Date.now(),
      elapsed: () => performance.now(),
      sleep: (durationMs, signal) => this.#sleep(durationMs, signal),
    };
  }

  async #sleep(durationMs: number, signal: AbortSignal | undefined): Promise<void> {
    try {
      await delay(durationMs, undefined, signal === undefined ? {} : { signal });
      await this.#thawed;
      signal?.throwIfAborted();
    } catch (cause) {
      throw new OpsError('cancelled', 'sleep was cancelled', { cause });
    }
  }
}
