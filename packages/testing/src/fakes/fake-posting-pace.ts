import type { Clock, PostingPace, TurnLimits } from '@jamie/core';

/** Turns in memory, for one process. */
export class FakePostingPace implements PostingPace {
  readonly #clock: Clock;
  readonly #turns = new Map<string, { readonly nextAt: number; readonly takenAt: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async takeTurn(key: string, intervalMs: number, limits: TurnLimits = {}): Promise<number> {
    const { withinMs = Number.POSITIVE_INFINITY, burst = 1 } = limits;
    const now = this.#clock.now();
    const nextAt = this.#nextAt(key, now);
    const waitMs = Math.max(0, nextAt - (burst - 1) * intervalMs - now);
    if (waitMs <= withinMs && intervalMs > 0) {
      this.#turns.set(key, { nextAt: Math.max(nextAt, now) + intervalMs, takenAt: now });
    }
    return waitMs;
  }

  async pause(key: string, delayMs: number): Promise<void> {
    const now = this.#clock.now();
    this.#turns.set(key, { nextAt: Math.max(this.#nextAt(key, now), now + delayMs), takenAt: now });
  }

  #nextAt(key: string, now: number): number {
    const turn = this.#turns.get(key);
    if (turn === undefined) return now;
    if (turn.takenAt <= now) return turn.nextAt;
    const moved = now + turn.nextAt - turn.takenAt;
    this.#turns.set(key, { nextAt: moved, takenAt: now });
    return moved;
  }
}

/** A pace at which nobody ever waits, for tests of what is posted rather than when. */
export const NO_PACE: PostingPace = { takeTurn: async () => 0, pause: async () => undefined };
