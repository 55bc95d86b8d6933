import { isOpsError } from '@jamie/core';
import { renderText, translateSlackError } from '@jamie/slack';
import type { SlackClient } from '../people/identify-person.ts';

/** Whom to tell, and where they are looking. */
export interface PrivateRecipient {
  readonly channelId: string;
  readonly userId: string;
  readonly threadTs?: string;
}

/**
 * Tells one person something that nobody else sees: an ephemeral message, or a direct message where Slack takes
 * none. Fails like every Slack call when both ways are closed for a while.
 */
export async function tellPrivately(client: SlackClient, to: PrivateRecipient, text: string): Promise<void> {
  try {
    await postEphemeral(client, to, text);
  } catch (error) {
    if (!isOpsError(error) || error.retryable) throw error;
    await sendDirectMessage(client, to.userId, text);
  }
}

async function postEphemeral(client: SlackClient, to: PrivateRecipient, text: string): Promise<void> {
  try {
    await client.chat.postEphemeral({
      ...renderText(text),
      channel: to.channelId,
      user: to.userId,
      ...(to.threadTs === undefined ? {} : { thread_ts: to.threadTs }),
      parse: 'none',
      link_names: false,
    });
  } catch (error) {
    throw translateSlackError(error, 'chat.postEphemeral');
  }
}

async function sendDirectMessage(client: SlackClient, userId: string, text: string): Promise<void> {
  try {
    const opened = await client.conversations.open({ users: userId });
    await client.chat.postMessage({
      ...renderText(text),
      channel: opened.channel?.id ?? userId,
      parse: 'none',
      link_names: false,
      unfurl_links: false,
    });
  } catch (error) {
    throw translateSlackError(error, 'conversations.open');
  }
}
