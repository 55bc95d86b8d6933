import type { ConversationPlace } from '@jamie/core';
import type { Autonomy } from '@jamie/policy';

/** The conversation of this machine in which self-healing speaks where no channel is named. */
export const SELF_HEALING_KEY = 'self-healing';

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
