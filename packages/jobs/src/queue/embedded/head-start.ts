import { type Clock, isOpsError } from '@jamie/core';

/** Longer than a change takes that a cluster nearby accepts at once, shorter than anybody notices on a card. */
const HEAD_START_MS = 150;

/** Lets what somebody waits for have the process to itself for a moment, before what only tells of it begins. */
export class HeadStart {
  readonly #clock: Clock;
  /** Each ends with its work, or when its time is over. */
  readonly #given = new Set<Promise<void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `work` begins now. It must not reject. */
  give(work: Promise<void>): void {
    const ended = new AbortController();
    const tooLong = this.#clock.sleep(HEAD_START_MS, ended.signal).catch(ignoreCancelled);
    const given = Promise.race([work, tooLong]).finally(() => {
      ended.abort();
      this.#given.delete(given);
    });
    this.#given.add(given);
  }

  /** Resolves when all that were given are over; undefined where there is none. */
  whenOver(): Promise<void> | undefined {
    if (this.#given.size === 0) return undefined;
    return Promise.all(this.#given).then(() => undefined);
  }
}

function ignoreCancelled(error: unknown): void {
  if (!isOpsError(error, 'cancelled')) throw error;
}
