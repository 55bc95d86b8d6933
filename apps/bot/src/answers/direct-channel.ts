import { OpsError } from '@jamie/core';
import { translateSlackError } from '@jamie/slack';
import type { SlackClient } from '../people/identify-person.ts';

/** The channel of direct messages with a person. Fails like every Slack call. */
export async function openDirectChannel(client: SlackClient, userId: string): Promise<string> {
  try {
    const { channel } = await client.conversations.open({ users: userId });
    if (channel?.id !== undefined) return channel.id;
  } catch (error) {
    throw translateSlackError(error, 'conversations.open');
  }
  throw new OpsError('unavailable', 'slack opened a direct channel without an id');
}
