import { isOpsError } from '@jamie/core';
import { type NoticeLink, renderNotice, type SlackContent, translateSlackError } from '@jamie/slack';
import type { SlackClient } from '../people/identify-person.ts';

/** Whom to tell, and where they are looking; without a channel in a direct message. */
export interface PrivateRecipient {
  readonly channelId?: string;
  readonly userId: string;
  readonly threadTs?: string;
}

/**
 * Tells one person something that nobody else sees: an ephemeral message, or a direct message where Slack takes
 * none. Fails like every Slack call when both ways are closed for a while.
 */
export async function tellPrivately(
  client: SlackClient,
  to: PrivateRecipient,
  text: string,
  link?: NoticeLink,
): Promise<void> {
  const { channelId, userId } = to;
  const content = renderNotice(text, link);
  if (channelId === undefined) return sendDirectMessage(client, userId, content);
  try {
    await postEphemeral(client, { ...to, channelId }, content);
  } catch (error) {
    if (!isOpsError(error) || error.retryable) throw error;
    await sendDirectMessage(client, userId, content);
  }
}

async function postEphemeral(
  client: SlackClient,
  to: PrivateRecipient & { readonly channelId: string },
  content: SlackContent,
): Promise<void> {
  try {
    await client.chat.postEphemeral({
      ...content,
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

async function sendDirectMessage(client: SlackClient, userId: string, content: SlackContent): Promise<void> {
  try {
    const opened = await client.conversations.open({ users: userId });
    await client.chat.postMessage({
      ...content,
      channel: opened.channel?.id ?? userId,
      parse: 'none',
      link_names: false,
      unfurl_links: false,
    });
  } catch (error) {
    throw translateSlackError(error, 'conversations.open');
  }
}
