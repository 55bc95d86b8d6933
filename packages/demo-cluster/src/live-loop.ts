import type { Clock } from '@jamie/core';

const IDLE_MS = 60_000;

/** Runs due work when the clock or somebody says that there is some. */
export class LiveLoop {
  readonly #clock: Clock;
  #wake: AbortController | undefined;
  #isStopped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Says that there is work. Cheap: only a sleeping loop is woken. */
  wake(): void {
    const sleeping = this.#wake;
    this.#wake = undefined;
    sleeping?.abort();
  }

  stop(): void {
    this.#isStopped = true;
    this.wake();
  }

  /** Until stop. `runDue` works off what is due and returns when it wants to run again. */
  async run(runDue: () => number | undefined): Promise<void> {
    while (!this.#isStopped) {
      const nextDueAt = runDue() ?? this.#clock.now() + IDLE_MS;
      const wake = new AbortController();
      this.#wake = wake;
      const waitMs = Math.max(1, nextDueAt - this.#clock.now());
      await this.#clock.sleep(waitMs, wake.signal).catch((error: unknown) => {
        if (!wake.signal.aborted) throw error;
      });
    }
  }
}
