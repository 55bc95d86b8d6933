import type { Clock } from '@jamie/core';
import type { DeliveryFaults } from './delivery-faults.ts';

/** So long a delivery is held back at most for one that overtakes it. */
const MAXIMUM_HOLD_MS = 200;

/** Lets deliveries pass in their order, except where the faults want some of them to arrive last first. */
export class DeliveryOrder<T> {
  readonly #clock: Clock;
  readonly #faults: DeliveryFaults;
  readonly #pass: (entry: T) => void;
  #held: T[] = [];
  #batch = 1;
  #timer: AbortController | undefined;

  constructor(clock: Clock, faults: DeliveryFaults, pass: (entry: T) => void) {
    this.#clock = clock;
    this.#faults = faults;
    this.#pass = pass;
  }

  get heldCount(): number {
    return this.#held.length;
  }

  take(entry: T): void {
    if (this.#held.length === 0) this.#batch = this.#faults.takeBatch();
    if (this.#batch <= 1) {
      this.#pass(entry);
      return;
    }
    this.#held.push(entry);
    if (this.#held.length >= this.#batch) this.#release();
    else if (this.#held.length === 1) this.#releaseLater();
  }

  stop(): void {
    this.#timer?.abort();
    this.#held = [];
  }

  /** Nothing may overtake it: then it arrives late, and not never. */
  #releaseLater(): void {
    const timer = new AbortController();
    this.#timer = timer;
    this.#clock.sleep(MAXIMUM_HOLD_MS, timer.signal).then(
      () => this.#release(),
      () => undefined,
    );
  }

  #release(): void {
    this.#timer?.abort();
    for (const entry of this.#held.splice(0).toReversed()) this.#pass(entry);
  }
}
