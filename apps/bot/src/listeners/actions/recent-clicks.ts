import type { Click } from './read-click.ts';

/** By what one click is told from another. */
type ComparedClick = Pick<
  Click,
  'teamId' | 'userId' | 'channelId' | 'messageTs' | 'actionId' | 'value' | 'at'
>;

/** Takes the second click of a double click for the first one. */
export interface RecentClicks {
  /**
   * The delivery for which this click stands: its own, or that of the same click of the same person shortly before.
   * Remembered in this process only; what another process took is known again by the keys of its delivery.
   */
  standsFor(click: ComparedClick, inboxId: string): string;
}

/** Slower than a double click, faster than anybody asks again on purpose. */
const DOUBLE_CLICK_MS = 3_000;
const REMEMBERED_CLICKS = 5_000;

export function createRecentClicks(): RecentClicks {
  const recent = new Map<string, { readonly at: number; readonly inboxId: string }>();
  return {
    standsFor(click, inboxId) {
      const { teamId, userId, channelId, messageTs, actionId, value } = click;
      const key = JSON.stringify([teamId, userId, channelId, messageTs, actionId, value]);
      const known = recent.get(key);
      if (known !== undefined && Math.abs(click.at - known.at) <= DOUBLE_CLICK_MS) return known.inboxId;
      if (recent.size >= REMEMBERED_CLICKS) recent.clear();
      recent.set(key, { at: click.at, inboxId });
      return inboxId;
    },
  };
}
