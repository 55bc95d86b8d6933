import { threadKey } from './agent-surface.ts';
import {
  type ApiAnswer,
  type ApiArguments,
  type ApiContext,
  type ApiMethod,
  refuse,
  textArgument,
} from './api-answer.ts';
import { writableChannel } from './api-channels.ts';
import { isBroadcast, type MessageContent, readContent } from './message-content.ts';
import { messageBody, ourMessageEvent } from './payloads.ts';
import type { EmulatedChannel, EmulatedMessage, SlackWorkspace } from './workspace.ts';

const MAXIMUM_TEXT_OF_UPDATE = 4_000;
const MAXIMUM_TEXT_OF_POST = 40_000;
/** Slack schedules at most 120 days ahead. */
const LATEST_POST_SECONDS = 120 * 86_400;

/** Messages. Words: docs.slack.dev/reference/methods, group chat; streams have their own file. */
export const chatMethods: Readonly<Record<string, ApiMethod>> = {
  'chat.postMessage': { token: 'bot', scope: 'chat:write', handle: postMessage },
  'chat.update': { token: 'bot', scope: 'chat:write', handle: updateMessage },
  'chat.delete': { token: 'bot', scope: 'chat:write', handle: deleteMessage },
  'chat.postEphemeral': { token: 'bot', scope: 'chat:write', handle: postEphemeral },
  'chat.scheduleMessage': { token: 'bot', scope: 'chat:write', handle: scheduleMessage },
  'chat.getPermalink': { token: 'bot', handle: getPermalink },
};

function postMessage(args: ApiArguments, context: ApiContext): ApiAnswer {
  const channel = writableChannel(args, context);
  if ('refusal' in channel) return channel.refusal;
  const content = readContent(args);
  if ('refusal' in content) return content.refusal;
  const refusal = refuseThread(args, context, channel.value);
  if (refusal !== undefined) return refusal;
  const message = post(args, context, channel.value, content.value);
  const { workspace } = context;
  return { ok: true, channel: channel.value.id, ts: message.ts, message: messageBody(workspace, message) };
}

function post(
  args: ApiArguments,
  context: ApiContext,
  channel: EmulatedChannel,
  content: MessageContent,
): EmulatedMessage {
  const { workspace, settings } = context;
  const threadTs = textArgument(args, 'thread_ts');
  const isHidden = settings.hidesFastPosts && workspace.takePost(channel.id) > 0;
  const message = workspace.addMessage({
    ...content,
    text: content.text.slice(0, MAXIMUM_TEXT_OF_POST),
    channel: channel.id,
    user: workspace.botUserId,
    isOurs: true,
    ...(threadTs === undefined ? {} : { threadTs }),
    ...(threadTs !== undefined && isBroadcast(args) ? { isBroadcast: true } : {}),
    ...(isHidden ? { isHidden } : {}),
  });
  workspace.statuses.delete(threadKey(channel.id, threadTs ?? message.ts));
  context.emitEvent(ourMessageEvent(workspace, channel, message));
  return message;
}

/** A reply's own timestamp, or one that nobody has, opens no thread. */
function refuseThread(
  args: ApiArguments,
  { workspace }: ApiContext,
  channel: EmulatedChannel,
): ApiAnswer | undefined {
  const threadTs = textArgument(args, 'thread_ts');
  return threadTs === undefined || workspace.isRoot(channel.id, threadTs)
    ? undefined
    : refuse('invalid_thread_ts');
}

function updateMessage(args: ApiArguments, context: ApiContext): ApiAnswer {
  const channel = writableChannel(args, context);
  if ('refusal' in channel) return channel.refusal;
  const message = context.workspace.findMessage(channel.value.id, textArgument(args, 'ts') ?? '');
  if (message === undefined) return refuse('message_not_found');
  if (!message.isOurs) return refuse('cant_update_message');
  if (message.stream?.state === 'streaming') return refuse('streaming_state_conflict');
  const content = readContent(args);
  if ('refusal' in content) return content.refusal;
  if (content.value.text.length > MAXIMUM_TEXT_OF_UPDATE) return refuse('msg_too_long');
  change(message, content.value);
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

function change(message: EmulatedMessage, content: MessageContent): void {
  message.text = content.text;
  message.blocks = content.blocks;
  message.edits += 1;
  if (content.metadata !== undefined) message.metadata = content.metadata;
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
  if (user === undefined || !isMember(context.workspace, channel.value, user)) {
    return refuse('user_not_in_channel');
  }
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

/** Without a list of members everybody in the workspace is one. */
function isMember(workspace: SlackWorkspace, channel: EmulatedChannel, user: string): boolean {
  if (!workspace.users.has(user)) return false;
  return channel.members === undefined || channel.members.includes(user);
}

function scheduleMessage(args: ApiArguments, context: ApiContext): ApiAnswer {
  const channel = writableChannel(args, context);
  if ('refusal' in channel) return channel.refusal;
  const postAt = Number(textArgument(args, 'post_at'));
  if (!Number.isInteger(postAt)) return refuse('invalid_time');
  const nowSeconds = context.workspace.nowSeconds();
  if (postAt <= nowSeconds) return refuse('time_in_past');
  if (postAt > nowSeconds + LATEST_POST_SECONDS) return refuse('time_too_far');
  const content = readContent(args);
  if ('refusal' in content) return content.refusal;
  const refusal = refuseThread(args, context, channel.value);
  if (refusal !== undefined) return refusal;
  context.at(postAt * 1_000, () => post(args, context, channel.value, content.value));
  return {
    ok: true,
    channel: channel.value.id,
    scheduled_message_id: context.workspace.nextId('Q'),
    post_at: postAt,
    message: { type: 'delayed_message', text: content.value.text, bot_id: context.workspace.botId },
  };
}

function getPermalink(args: ApiArguments, { workspace }: ApiContext): ApiAnswer {
  const channel = workspace.channels.get(textArgument(args, 'channel') ?? '');
  if (channel === undefined) return refuse('channel_not_found');
  const ts = textArgument(args, 'message_ts') ?? '';
  const message = workspace.findMessage(channel.id, ts);
  if (message === undefined) return refuse('message_not_found');
  const query =
    message.threadTs === undefined || message.threadTs === ts
      ? ''
      : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
  const page = `https://${workspace.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`;
  return { ok: true, channel: channel.id, permalink: `${page}${query}` };
}
