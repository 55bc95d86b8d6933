import { type Clock, isOpsError } from '@jamie/core';

/** Lets a loop sleep until something happens or some time has passed. A ring while it is awake is not lost. */
export class Doorbell {
  readonly #clock: Clock;
  #rung = false;
  #sleep: AbortController | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  ring(): void {
    this.#rung = true;
    this.#sleep?.abort();
  }

  /** Resolves at the next ring, or after the time. */
  async wait(durationMs: number): Promise<void> {
    if (!this.#rung) await this.#sleepUntilRung(durationMs);
    this.#rung = false;
  }

  async #sleepUntilRung(durationMs: number): Promise<void> {
    const sleep = new AbortController();
    this.#sleep = sleep;
    try {
      await this.#clock.sleep(durationMs, sleep.signal);
    } catch (error) {
      if (!isOpsError(error, 'cancelled')) throw error;
    } finally {
      this.#sleep = undefined;
    }
  }
}
