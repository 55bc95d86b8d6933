import {
  isOpsError,
  type LiveStream,
  type LiveStreams,
  type Logger,
  type Reply,
  type RequestId,
  type ShownMessage,
  toOpsError,
} from '@jamie/core';
import type { KnownBlock } from '@slack/types';
import { messageMark } from '../notifier/message-mark.ts';
import { translateSlackError } from '../slack-error.ts';
import type { SessionStatus } from '../status/session-status.ts';
import type { SlackContent } from '../views/content.ts';
import { bold } from '../views/mrkdwn.ts';
import type { SlackWorkspace } from '../workspaces/slack-workspaces.ts';
import { closeStreams } from './close-streams.ts';
import { escapeMarkdown } from './escape-markdown.ts';

export interface AnswerStreamsOptions {
  readonly streams: LiveStreams;
  readonly logger: Logger;
  readonly sessions: SessionStatus;
  /** Whoever writes to the request's stream in this process comes to an end first. Never fails. */
  readonly settle?: (requestId: RequestId) => Promise<void>;
}

/** What an answer does to the stream in which its request was worked on. */
export interface AnswerStreams {
  /**
   * Ends the request's stream with its answer, so that both are one message, and returns its timestamp. Undefined where
   * the answer has to be posted: there is no stream, it takes none of this kind, or Slack has ended it. Fails with
   * timeout and unavailable, when it may have arrived: then its mark tells.
   */
  endWith(workspace: SlackWorkspace, shown: ShownMessage, content: SlackContent): Promise<string | undefined>;
  /** The message stands: no stream of its request stays open, and the session says whether it waits. Never fails. */
  afterShown(workspace: SlackWorkspace, shown: ShownMessage): Promise<void>;
}

/** An answer is never lost for a stream: where the stream cannot take it, it is posted like every other message. */
export function createAnswerStreams(options: AnswerStreamsOptions): AnswerStreams {
  const { streams, logger, sessions, settle = async () => undefined } = options;

  async function findStream({ message, conversation }: ShownMessage): Promise<LiveStream | undefined> {
    const live = await streams.listOf(message.requestId);
    const newest = live.at(-1);
    const { place } = conversation;
    const isHere =
      place.surface === 'slack' &&
      place.channelId === newest?.channelId &&
      place.threadTs === newest.threadTs;
    return isHere ? newest : undefined;
  }

  return {
    async endWith(workspace, shown, content) {
      const reply = streamableReply(shown);
      if (reply === undefined) return undefined;
      await settle(shown.message.requestId);
      const stream = await findStream(shown);
      // Whoever takes it out of the list ends it; a writer that finds it gone writes nothing more.
      if (stream === undefined || !(await streams.remove(stream.channelId, stream.ts))) return undefined;
      try {
        await stopWithAnswer(workspace, stream, shown.message.id, reply, content);
        return stream.ts;
      } catch (thrown) {
        const error = toOpsError(thrown);
        logger.info('an answer could not end its stream', { messageId: shown.message.id, err: error });
        if (!error.retryable) return undefined;
        await streams.add(stream);
        // Nothing has arrived, and the person does not wait for Slack's pause to be over.
        if (isOpsError(error, 'rate_limited')) return undefined;
        throw error;
      }
    },
    async afterShown(workspace, shown) {
      const { place } = shown.conversation;
      if (place.surface !== 'slack') return;
      const status = shown.card?.status === 'awaiting_approval' ? 'suspended' : 'active';
      try {
        const left = await streams.listOf(shown.message.requestId);
        if (left.length > 0) await settle(shown.message.requestId);
        await closeStreams(await streams.listOf(shown.message.requestId), {
          workspace,
          streams,
          logger,
          sessionStatus: status,
        });
      } catch (error) {
        logger.warn('streams of an answered request stay open', { err: toOpsError(error) });
      }
      if (shown.card !== undefined) await sessions.set(workspace, place, status);
    },
  };
}

/** Cards change for hours, files and what still grows need a message of their own. */
function streamableReply({ message, card }: ShownMessage): Reply | undefined {
  if (card !== undefined || message.planId !== undefined || message.body.kind !== 'reply') return undefined;
  const { reply } = message.body;
  const isOwn =
    reply.planId !== undefined || reply.followingUntil !== undefined || (reply.files ?? []).length > 0;
  return isOwn ? undefined : reply;
}

async function stopWithAnswer(
  { client }: SlackWorkspace,
  stream: LiveStream,
  messageId: string,
  { headline }: Reply,
  content: SlackContent,
): Promise<void> {
  try {
    await client.chat.stopStream({
      channel: stream.channelId,
      ts: stream.ts,
      // What is announced on a phone is the text of a message, not its blocks.
      chunks: [
        { type: 'markdown_text', text: `**${escapeMarkdown(headline).replace(/\s+/gu, ' ').trim()}**\n` },
      ],
      blocks: withoutHeadline(content.blocks, headline),
      metadata: messageMark(messageId),
      session_status: 'active',
    });
  } catch (error) {
    throw translateSlackError(error, 'chat.stopStream');
  }
}

/** The headline stands in the text already. */
function withoutHeadline(blocks: readonly KnownBlock[], headline: string): KnownBlock[] {
  const [first, ...rest] = blocks;
  const isHeadline = first?.type === 'section' && first.text?.text === bold(headline);
  return isHeadline ? rest : [...blocks];
}
