import { type LiveStream, type LiveStreams, type Logger, toOpsError } from '@jamie/core';
import type { SlackWorkspace } from '../workspaces/slack-workspaces.ts';
import { escapeMarkdown } from './escape-markdown.ts';

export interface CloseOptions {
  readonly workspace: SlackWorkspace;
  readonly streams: LiveStreams;
  readonly logger: Logger;
  /** A last sentence, where there is something to say. */
  readonly text?: string;
  readonly sessionStatus?: 'active' | 'suspended';
}

/**
 * Ends streams that nobody writes to any more, each by the one caller who takes it out of the list. Never fails: Slack
 * ends by itself what stays open.
 */
export async function closeStreams(streams: readonly LiveStream[], options: CloseOptions): Promise<void> {
  for (const stream of streams) {
    try {
      if (await options.streams.remove(stream.channelId, stream.ts)) await stop(stream, options);
    } catch (error) {
      // The usual reason: Slack has ended it already.
      const { requestId, ts } = stream;
      options.logger.debug('a stream could not be closed', { requestId, ts, err: toOpsError(error) });
    }
  }
}

async function stop(stream: LiveStream, { workspace, text, sessionStatus }: CloseOptions): Promise<void> {
  await workspace.client.chat.stopStream({
    channel: stream.channelId,
    ts: stream.ts,
    ...(text !== undefined && { chunks: [{ type: 'markdown_text', text: escapeMarkdown(text) }] }),
    ...(sessionStatus !== undefined && { session_status: sessionStatus }),
  });
}
