import type { Clock } from '@jamie/core';

/** Time for the controllers: first a past that is played through in no time, then the clock's own, scaled. */
export class SimulatedTime {
  readonly #clock: Clock;
  #past: number | undefined;
  #scale = 1;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#past ?? this.#clock.now();
  }

  /** When a simulated duration from now ends. */
  after(durationMs: number): number {
    return this.now() + durationMs / this.#scale;
  }

  /** Goes to a moment of the past. Only before goLive. */
  playAt(atMs: number): void {
    this.#past = atMs;
  }

  /** From now on the clock tells the time, and durations are `scale` times shorter. */
  goLive(scale: number): void {
    this.#past = undefined;
    this.#scale = scale;
  }
}
