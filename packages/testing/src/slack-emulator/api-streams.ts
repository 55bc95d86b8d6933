import { SESSION_STATUSES, type SessionStatus, threadKey } from './agent-surface.ts';
import {
  type ApiAnswer,
  type ApiArguments,
  type ApiContext,
  type ApiMethod,
  jsonArgument,
  refuse,
  refuseArguments,
  textArgument,
} from './api-answer.ts';
import { findOwnMessage, writableChannel } from './api-channels.ts';
import { type Found, readBlocks, readMetadata } from './message-content.ts';
import { MessageStream, type StreamChunk, type StreamMode } from './message-stream.ts';
import { messageBody, ourMessageEvent } from './payloads.ts';
import { MAXIMUM_STREAM_TEXT, readChunks } from './stream-chunks.ts';
import type { EmulatedChannel, EmulatedMessage } from './workspace.ts';

/** Messages that grow while people read them. Words: docs.slack.dev/reference/methods/chat.startStream and its kin. */
export const streamMethods: Readonly<Record<string, ApiMethod>> = {
  'chat.startStream': { token: 'bot', scope: 'chat:write', handle: startStream },
  'chat.appendStream': { token: 'bot', scope: 'chat:write', handle: appendStream },
  'chat.stopStream': { token: 'bot', scope: 'chat:write', handle: stopStream },
};

/** A plan shows at most so many cards. */
const MAXIMUM_TASKS = 50;

interface Piece {
  readonly mode: StreamMode | undefined;
  readonly chunks: readonly StreamChunk[];
}

interface Live {
  readonly channel: EmulatedChannel;
  readonly message: EmulatedMessage;
  readonly stream: MessageStream;
}

function startStream(args: ApiArguments, context: ApiContext): ApiAnswer {
  if (!context.settings.hasStreaming) return refuse('unknown_method');
  const channel = writableChannel(args, context);
  if ('refusal' in channel) return channel.refusal;
  const refusal = refuseRecipient(args, context, channel.value) ?? refuseThread(args, context, channel.value);
  if (refusal !== undefined) return refusal;
  const piece = readPiece(args);
  if ('refusal' in piece) return piece.refusal;
  const { workspace, clock, settings } = context;
  const threadTs = textArgument(args, 'thread_ts') ?? '';
  const recipientUserId = textArgument(args, 'recipient_user_id');
  const stream = new MessageStream({
    clock,
    lifetimeMs: settings.streamLifetimeMs,
    displayMode: textArgument(args, 'task_display_mode') === 'plan' ? 'plan' : 'timeline',
    ...(recipientUserId === undefined ? {} : { recipientUserId }),
  });
  const message = workspace.addMessage({
    channel: channel.value.id,
    user: workspace.botUserId,
    isOurs: true,
    text: '',
    blocks: [],
    stream,
    threadTs,
  });
  add(message, stream, piece.value);
  workspace.statuses.delete(threadKey(channel.value.id, threadTs));
  workspace.agent.setSession(threadKey(channel.value.id, threadTs), 'processing');
  context.emitEvent(ourMessageEvent(workspace, channel.value, message));
  return { ok: true, channel: channel.value.id, ts: message.ts };
}

function appendStream(args: ApiArguments, context: ApiContext): ApiAnswer {
  const live = findLive(args, context);
  if ('refusal' in live) return live.refusal;
  const piece = readPiece(args);
  if ('refusal' in piece) return piece.refusal;
  const { channel, message, stream } = live.value;
  if (piece.value.mode === undefined) return refuse('no_text');
  const refusal = refusePiece(stream, piece.value);
  if (refusal !== undefined) return refusal;
  add(message, stream, piece.value);
  return { ok: true, channel: channel.id, ts: message.ts };
}

function stopStream(args: ApiArguments, context: ApiContext): ApiAnswer {
  const live = findLive(args, context);
  if ('refusal' in live) return live.refusal;
  const piece = readPiece(args);
  if ('refusal' in piece) return piece.refusal;
  const { channel, message, stream } = live.value;
  const blocks = readBlocks(args);
  if ('refusal' in blocks) return blocks.refusal;
  const metadata = readMetadata(args);
  if ('refusal' in metadata) return metadata.refusal;
  const status = readSessionStatus(args);
  const refusal = refusePiece(stream, piece.value) ?? (status === undefined ? refuseStatus() : undefined);
  if (refusal !== undefined) return refusal;
  add(message, stream, piece.value);
  message.blocks = [...stream.blocks, ...blocks.value];
  if (metadata.value !== undefined) message.metadata = metadata.value;
  stream.stop('app');
  const { workspace } = context;
  workspace.agent.setSession(threadKey(channel.id, message.threadTs ?? message.ts), status ?? 'active');
  const body = messageBody(workspace, message);
  context.emitEvent(changedEvent(context, channel, body));
  return { ok: true, channel: channel.id, ts: message.ts, message: body };
}

function changedEvent({ workspace }: ApiContext, channel: EmulatedChannel, message: object) {
  return {
    type: 'message',
    subtype: 'message_changed',
    channel: channel.id,
    channel_type: channel.kind,
    ts: workspace.nextTs(channel.id),
    hidden: true,
    message,
  };
}

function add(message: EmulatedMessage, stream: MessageStream, { mode, chunks }: Piece): void {
  stream.mode ??= mode;
  stream.append(chunks);
  message.text = stream.text;
  message.blocks = stream.blocks;
}

function findLive(args: ApiArguments, context: ApiContext): Found<Live> {
  if (!context.settings.hasStreaming) return { refusal: refuse('unknown_method') };
  const found = findOwnMessage(args, context);
  if ('refusal' in found) return found;
  const { channel, message } = found.value;
  const { stream } = message;
  if (stream?.state === 'stopped_by_user') return { refusal: refuse('stopped_by_user') };
  if (stream?.state !== 'streaming') return { refusal: refuse('message_not_in_streaming_state') };
  return { value: { channel, message, stream } };
}

function readPiece(args: ApiArguments): Found<Piece> {
  const text = textArgument(args, 'markdown_text');
  const given = jsonArgument(args, 'chunks');
  if (text !== undefined && given !== undefined) {
    return { refusal: refuse('cannot_provide_both_markdown_text_and_chunks') };
  }
  if ((text?.length ?? 0) > MAXIMUM_STREAM_TEXT) return { refusal: refuse('msg_too_long') };
  if (text !== undefined) return { value: { mode: 'text', chunks: [{ type: 'markdown_text', text }] } };
  if (given === undefined) return { value: { mode: undefined, chunks: [] } };
  const read = readChunks(given);
  if (read.kind === 'read') {
    return { value: { mode: read.chunks.length === 0 ? undefined : 'chunks', chunks: read.chunks } };
  }
  const details = read.messages.length === 0 ? {} : { response_metadata: { messages: read.messages } };
  return { refusal: refuse(read.error, details) };
}

function refusePiece(stream: MessageStream, piece: Piece): ApiAnswer | undefined {
  const isOther = stream.mode !== undefined && piece.mode !== undefined && stream.mode !== piece.mode;
  if (isOther) return refuse('streaming_mode_mismatch');
  const ids = piece.chunks.flatMap((chunk) => (chunk.type === 'task_update' ? [chunk.id] : []));
  const tasks = new Set([...stream.tasks.keys(), ...ids]);
  return tasks.size > MAXIMUM_TASKS ? refuse('invalid_chunks') : undefined;
}

/** Outside a direct channel Slack wants to know for whom the text is. */
function refuseRecipient(
  args: ApiArguments,
  { workspace }: ApiContext,
  channel: EmulatedChannel,
): ApiAnswer | undefined {
  const userId = textArgument(args, 'recipient_user_id');
  if (channel.kind === 'channel') {
    if (userId === undefined) return refuse('missing_recipient_user_id');
    if (textArgument(args, 'recipient_team_id') === undefined) return refuse('missing_recipient_team_id');
  }
  return userId === undefined || workspace.users.has(userId) ? undefined : refuse('user_not_found');
}

function refuseThread(
  args: ApiArguments,
  { workspace }: ApiContext,
  channel: EmulatedChannel,
): ApiAnswer | undefined {
  const threadTs = textArgument(args, 'thread_ts');
  if (threadTs === undefined) {
    return refuseArguments('[ERROR] missing required field: thread_ts [json-pointer:/thread_ts]');
  }
  return workspace.isRoot(channel.id, threadTs) ? undefined : refuse('invalid_thread_ts');
}

/** Undefined when it is none of Slack's words; without an argument the session becomes active. */
function readSessionStatus(args: ApiArguments): SessionStatus | undefined {
  const given = textArgument(args, 'session_status') ?? 'active';
  return SESSION_STATUSES.find((status) => status === given);
}

function refuseStatus(): ApiAnswer {
  return refuseArguments('[ERROR] must be a valid enum value [json-pointer:/session_status]');
}
