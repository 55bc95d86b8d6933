import type { Clock } from '@jamie/core';

/** One post a second and channel, and short bursts on top: docs.slack.dev/apis/web-api/rate-limits. */
const REFILL_MS = 1_000;
/** How many posts a channel that was quiet takes at once. */
const POST_BURST = 3;

/** What each channel has left of its posts. */
export class PostBucket {
  readonly #clock: Clock;
  readonly #levels = new Map<string, { readonly level: number; readonly at: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes one post. Answers with the milliseconds until there is one, and takes none, when there is none. */
  take(channel: string): number {
    const now = this.#clock.now();
    const last = this.#levels.get(channel) ?? { level: POST_BURST, at: now };
    const level = Math.min(POST_BURST, last.level + Math.max(0, now - last.at) / REFILL_MS);
    const isThere = level >= 1;
    this.#levels.set(channel, { level: isThere ? level - 1 : level, at: now });
    return isThere ? 0 : (1 - level) * REFILL_MS;
  }
}
