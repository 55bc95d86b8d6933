import type { Clock } from '@jamie/core';
import { type SlackWorkspace, slackErrorWord, translateSlackError } from '@jamie/slack';
import type { SlackClient } from './identify-person.ts';

/** What a person reads who asks where others would read the answer. */
export const SHARED_CHANNEL_REFUSAL =
  'This channel is shared with another organisation, so I show nothing of the cluster here. Ask me in a direct message or in a channel of your own workspace.';

/** Knows which channels people of other organisations can read (Slack Connect). */
export interface SharedChannels {
  /** Fails like every Slack call: what cannot be looked at counts as neither. */
  isShared(channelId: string, workspace: SlackWorkspace): Promise<boolean>;
}

/** Short: until then a channel that becomes shared would be shown what it may not see. */
const REMEMBERED_MS = 60_000;
const REMEMBERED_CHANNELS = 5_000;

export function createSharedChannels(clock: Clock): SharedChannels {
  const remembered = new Map<string, { readonly isShared: boolean; readonly until: number }>();
  return {
    async isShared(channelId, { teamId, client }) {
      const key = `${teamId}:${channelId}`;
      const known = remembered.get(key);
      if (known !== undefined && known.until > clock.now()) return known.isShared;
      const isShared = await readIsShared(client, channelId);
      if (remembered.size >= REMEMBERED_CHANNELS) remembered.clear();
      remembered.set(key, { isShared, until: clock.now() + REMEMBERED_MS });
      return isShared;
    },
  };
}

async function readIsShared(client: SlackClient, channelId: string): Promise<boolean> {
  // A direct message has no other readers, and its details need a further scope.
  if (channelId.startsWith('D')) return false;
  try {
    const { channel } = await client.conversations.info({ channel: channelId });
    return channel?.is_ext_shared === true || channel?.is_pending_ext_shared === true;
  } catch (error) {
    // Where we are not a member we cannot write either; the attempt to write explains that.
    if (slackErrorWord(error) === 'channel_not_found') return false;
    throw translateSlackError(error, 'conversations.info');
  }
}
