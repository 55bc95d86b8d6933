import type { Clock } from '@jamie/core';
import { createLanes } from './lanes.ts';

/** Keeps the posts of this process to one channel apart, also when it was held up and all their turns have come. */
export interface PostSpacer {
  /** Resolves when a message may be posted now. */
  space(channel: string): Promise<void>;
}

export function createPostSpacer(clock: Clock, spacingMs: number): PostSpacer {
  const lanes = createLanes();
  const lastAt = new Map<string, number>();
  const now = () => clock.elapsed?.() ?? clock.now();
  return {
    space: (channel) =>
      lanes.run(channel, async () => {
        const sinceMs = now() - (lastAt.get(channel) ?? Number.NEGATIVE_INFINITY);
        // A clock that was set back says nothing about the last post.
        if (sinceMs >= 0 && sinceMs < spacingMs) await clock.sleep(spacingMs - sinceMs);
        lastAt.set(channel, now());
      }),
  };
}
