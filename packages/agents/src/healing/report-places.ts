import { type ConversationPlace, SELF_HEALING_KEY } from '@jamie/core';
import type { Autonomy } from '@jamie/policy';

/** Where a team is told of what happens by itself; at least one place, each once. */
export function reportPlacesOf({
  reportTo,
}: Pick<Autonomy, 'reportTo'>): readonly [ConversationPlace, ...ConversationPlace[]] {
  const named = new Map(
    reportTo.map(({ teamId, channelId }) => [
      `${teamId}:${channelId}`,
      { surface: 'slack', teamId, channelId, threadTs: '' } as const,
    ]),
  );
  const [first, ...others] = named.values();
  return first === undefined ? [{ surface: 'local', key: SELF_HEALING_KEY }] : [first, ...others];
}
