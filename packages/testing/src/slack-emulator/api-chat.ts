import {
  type ApiAnswer,
  type ApiArguments,
  type ApiContext,
  type ApiMethod,
  jsonArgument,
  refuse,
  textArgument,
} from './api-answer.ts';
import { countBlockText, MAXIMUM_BLOCK_TEXT, validateBlocks } from './block-kit-validator.ts';
import { messageBody, ourMessageEvent } from './payloads.ts';
import type { EmulatedChannel, EmulatedMetadata } from './workspace.ts';

const MAXIMUM_TEXT_OF_UPDATE = 4_000;
const MAXIMUM_TEXT_OF_POST = 40_000;
const MAXIMUM_METADATA_BYTES = 16_384;

export const chatMethods: Readonly<Record<string, ApiMethod>> = {
  'chat.postMessage': { token: 'bot', scope: 'chat:write', handle: postMessage },
  'chat.update': { token: 'bot', scope: 'chat:write', handle: updateMessage },
  'chat.delete': { token: 'bot', scope: 'chat:write', handle: deleteMessage },
  'chat.postEphemeral': { token: 'bot', scope: 'chat:write', handle: postEphemeral },
  'chat.getPermalink': { token: 'bot', handle: getPermalink },
};

type Found<T> = { readonly value: T } | { readonly refusal: ApiAnswer };

interface Content {
  readonly text: string;
  readonly blocks: readonly Record<string, unknown>[];
  readonly metadata?: EmulatedMetadata;
}

function postMessage(args: ApiArguments, context: ApiContext): ApiAnswer {
  const channel = writableChannel(args, context);
  if ('refusal' in channel) return channel.refusal;
  const content = readContent(args);
  if ('refusal' in content) return content.refusal;
  const threadTs = textArgument(args, 'thread_ts');
  const parent =
    threadTs === undefined ? undefined : context.workspace.findMessage(channel.value.id, threadTs);
  // A reply's own timestamp, or one that nobody has, opens no thread.
  if (threadTs !== undefined && (parent === undefined || isReply(parent))) return refuse('invalid_thread_ts');
  const { workspace } = context;
  const message = workspace.addMessage({
    ...content.value,
    text: content.value.text.slice(0, MAXIMUM_TEXT_OF_POST),
    channel: channel.value.id,
    user: workspace.botUserId,
    isOurs: true,
    ...(threadTs === undefined ? {} : { threadTs }),
  });
  workspace.statuses.delete(`${channel.value.id}:${threadTs ?? message.ts}`);
  context.emitEvent(ourMessageEvent(workspace, channel.value, message));
  return { ok: true, channel: channel.value.id, ts: message.ts, message: messageBody(workspace, message) };
}

function updateMessage(args: ApiArguments, context: ApiContext): ApiAnswer {
  const channel = writableChannel(args, context);
  if ('refusal' in channel) return channel.refusal;
  const message = context.workspace.findMessage(channel.value.id, textArgument(args, 'ts') ?? '');
  if (message === undefined) return refuse('message_not_found');
  if (!message.isOurs) return refuse('cant_update_message');
  const content = readContent(args);
  if ('refusal' in content) return content.refusal;
  if (content.value.text.length > MAXIMUM_TEXT_OF_UPDATE) return refuse('msg_too_long');
  message.text = content.value.text;
  message.blocks = content.value.blocks;
  message.edits += 1;
  if (content.value.metadata !== undefined) message.metadata = content.value.metadata;
  const body = messageBody(context.workspace, message);
  context.emitEvent({
    type: 'message',
    subtype: 'message_changed',
    channel: channel.value.id,
    channel_type: channel.value.kind,
    ts: context.workspace.nextTs(channel.value.id),
    hidden: true,
    message: body,
  });
  return { ok: true, channel: channel.value.id, ts: message.ts, text: message.text, message: body };
}

function deleteMessage(args: ApiArguments, context: ApiContext): ApiAnswer {
  const channel = writableChannel(args, context);
  if ('refusal' in channel) return channel.refusal;
  const ts = textArgument(args, 'ts') ?? '';
  const message = context.workspace.findMessage(channel.value.id, ts);
  if (message === undefined) return refuse('message_not_found');
  if (!message.isOurs) return refuse('cant_delete_message');
  context.workspace.removeMessage(channel.value.id, ts);
  return { ok: true, channel: channel.value.id, ts };
}

function postEphemeral(args: ApiArguments, context: ApiContext): ApiAnswer {
  const channel = writableChannel(args, context);
  if ('refusal' in channel) return channel.refusal;
  const user = textArgument(args, 'user');
  if (user === undefined || !context.workspace.users.has(user)) return refuse('user_not_in_channel');
  const content = readContent(args);
  if ('refusal' in content) return content.refusal;
  const threadTs = textArgument(args, 'thread_ts');
  const messageTs = context.workspace.nextTs(channel.value.id);
  context.workspace.ephemerals.push({
    ts: messageTs,
    channel: channel.value.id,
    user,
    text: content.value.text,
    blocks: content.value.blocks,
    ...(threadTs === undefined ? {} : { threadTs }),
  });
  return { ok: true, message_ts: messageTs };
}

function getPermalink(args: ApiArguments, context: ApiContext): ApiAnswer {
  const channel = context.workspace.channels.get(textArgument(args, 'channel') ?? '');
  if (channel === undefined) return refuse('channel_not_found');
  const ts = textArgument(args, 'message_ts') ?? '';
  if (context.workspace.findMessage(channel.id, ts) === undefined) return refuse('message_not_found');
  const permalink = `https://emulated.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`;
  return { ok: true, channel: channel.id, permalink };
}

function isReply(message: { readonly ts: string; readonly threadTs?: string }): boolean {
  return message.threadTs !== undefined && message.threadTs !== message.ts;
}

function writableChannel(args: ApiArguments, context: ApiContext): Found<EmulatedChannel> {
  const id = textArgument(args, 'channel') ?? '';
  const channel = context.workspace.channels.get(id);
  if (channel === undefined) return { refusal: refuse('channel_not_found') };
  if (channel.isArchived) return { refusal: refuse('is_archived') };
  if (!channel.botIsMember)
    return { refusal: refuse(channel.kind === 'im' ? 'channel_not_found' : 'not_in_channel') };
  return { value: channel };
}

function readContent(args: ApiArguments): Found<Content> {
  const blocks = jsonArgument(args, 'blocks');
  const text = textArgument(args, 'text') ?? '';
  if (blocks === null) return { refusal: refuse('invalid_blocks_format') };
  const problems = blocks === undefined ? [] : validateBlocks(blocks);
  if (problems.some((problem) => problem.includes('no more than 50 items'))) {
    return { refusal: refuse('msg_blocks_too_many', { response_metadata: { messages: problems } }) };
  }
  if (problems.length > 0) {
    return {
      refusal: refuse('invalid_blocks', { errors: problems, response_metadata: { messages: problems } }),
    };
  }
  const list = (blocks ?? []) as readonly Record<string, unknown>[];
  if (list.length === 0 && text === '') return { refusal: refuse('no_text') };
  if (countBlockText(list) > MAXIMUM_BLOCK_TEXT) return { refusal: refuse('msg_blocks_too_long') };
  const metadata = readMetadata(args);
  if ('refusal' in metadata) return metadata;
  return {
    value: { text, blocks: list, ...(metadata.value === undefined ? {} : { metadata: metadata.value }) },
  };
}

function readMetadata(args: ApiArguments): Found<EmulatedMetadata | undefined> {
  const metadata = jsonArgument(args, 'metadata');
  if (metadata === undefined) return { value: undefined };
  const given = metadata as Partial<EmulatedMetadata> | null;
  if (typeof given?.event_type !== 'string' || typeof given.event_payload !== 'object') {
    return { refusal: refuse('invalid_metadata_format') };
  }
  if (JSON.stringify(given).length > MAXIMUM_METADATA_BYTES) return { refusal: refuse('metadata_too_large') };
  return { value: given as EmulatedMetadata };
}
