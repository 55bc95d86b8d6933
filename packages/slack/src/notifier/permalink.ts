import { type Logger, toOpsError } from '@jamie/core';
import type { WebClient } from '@slack/web-api';
import type { SlackCalls } from './slack-calls.ts';

export interface PermalinkOptions {
  readonly client: WebClient;
  readonly calls: SlackCalls;
  readonly logger: Logger;
}

const ARCHIVE_ADDRESS = /^(https:\/\/[^/]+\/archives\/)/u;

/** Slack's address of a message; undefined when Slack does not say. Never fails: a message without one is still there. */
export async function findPermalink(
  { client, calls, logger }: PermalinkOptions,
  channelId: string,
  ts: string,
): Promise<string | undefined> {
  try {
    const answer = await calls.call('chat.getPermalink', () =>
      client.chat.getPermalink({ channel: channelId, message_ts: ts }),
    );
    return answer.permalink;
  } catch (thrown) {
    const error = toOpsError(thrown);
    logger.info('slack does not say where a message is', { channelId, ts, code: error.code });
    return undefined;
  }
}

/** The address of another message of the same workspace, after the pattern of one that Slack has told. Pure. */
export function permalinkLike(known: string, channelId: string, ts: string): string | undefined {
  const archives = ARCHIVE_ADDRESS.exec(known)?.[1];
  return archives === undefined ? undefined : `${archives}${channelId}/p${ts.replace('.', '')}`;
}
