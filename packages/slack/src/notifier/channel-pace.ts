import type { Clock } from '@jamie/core';

/** Lets one caller per channel through at a time, in order. */
export interface ChannelPace {
  turn(channelId: string): Promise<void>;
}

/**
 * Slack hides messages beyond one per second and channel, without an error. Counts from turn to turn, not by the
 * clock's face, so that a clock that jumps cannot stop it.
 */
export function createChannelPace(clock: Clock, intervalMs: number): ChannelPace {
  const tails = new Map<string, Promise<void>>();
  return {
    turn(channelId) {
      const previous = tails.get(channelId) ?? Promise.resolve();
      const tail = previous
        .then(() => clock.sleep(intervalMs))
        .then(() => {
          if (tails.get(channelId) === tail) tails.delete(channelId);
        });
      tails.set(channelId, tail);
      return previous;
    },
  };
}
