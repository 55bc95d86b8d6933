import {
  type ApiAnswer,
  type ApiArguments,
  type ApiContext,
  type ApiMethod,
  flagArgument,
  refuse,
  textArgument,
} from './api-answer.ts';
import { type Page, readPage } from './page.ts';
import { messageBody, type Payload } from './payloads.ts';
import type { EmulatedChannel, EmulatedMessage, SlackWorkspace } from './workspace.ts';

/** Channels and what stands in them. Words: docs.slack.dev/reference/methods, group conversations. */
export const conversationMethods: Readonly<Record<string, ApiMethod>> = {
  'conversations.history': { token: 'bot', scope: 'channels:history', handle: history },
  'conversations.info': { token: 'bot', scope: 'channels:read', handle: info },
  'conversations.join': { token: 'bot', scope: 'channels:join', handle: join },
  'conversations.list': { token: 'bot', scope: 'channels:read', handle: list },
  'conversations.members': { token: 'bot', scope: 'channels:read', handle: members },
  'conversations.open': { token: 'bot', scope: 'im:write', handle: open },
  'conversations.replies': { token: 'bot', scope: 'channels:history', handle: replies },
};

function replies(args: ApiArguments, context: ApiContext): ApiAnswer {
  const refusal = refuseReading(args, context);
  if (refusal !== undefined) return refusal;
  const channel = textArgument(args, 'channel') ?? '';
  const root = context.workspace.findMessage(channel, textArgument(args, 'ts') ?? '');
  if (root === undefined) return refuse('thread_not_found');
  const thread = context.workspace
    .messagesOf(channel)
    .filter((message) => message.ts === root.ts || message.threadTs === root.ts);
  // The root always comes first, whatever `oldest` says.
  const within = thread.slice(1).filter((message) => isWithin(message, args));
  return messagesPage(args, context, [root, ...within]);
}

function history(args: ApiArguments, context: ApiContext): ApiAnswer {
  const refusal = refuseReading(args, context);
  if (refusal !== undefined) return refusal;
  const isShown = ({ ts, threadTs, isBroadcast }: EmulatedMessage) =>
    threadTs === undefined || threadTs === ts || isBroadcast === true;
  const shown = context.workspace
    .messagesOf(textArgument(args, 'channel') ?? '')
    .filter((message) => isShown(message) && isWithin(message, args));
  return messagesPage(args, context, shown.toReversed());
}

function info(args: ApiArguments, { workspace }: ApiContext): ApiAnswer {
  const channel = workspace.channels.get(textArgument(args, 'channel') ?? '');
  if (channel === undefined || isUnseen(channel)) return refuse('channel_not_found');
  return { ok: true, channel: channelBody(workspace, channel) };
}

function list(args: ApiArguments, { workspace }: ApiContext): ApiAnswer {
  const types = (textArgument(args, 'types') ?? 'public_channel').split(',');
  const hidesArchived = flagArgument(args, 'exclude_archived');
  const found = [...workspace.channels.values()].filter(
    (channel) =>
      types.includes(typeOf(channel)) && !isUnseen(channel) && !(hidesArchived && channel.isArchived),
  );
  const page = readPage(args, found);
  if ('refusal' in page) return page.refusal;
  return {
    ok: true,
    channels: page.value.items.map((channel) => channelBody(workspace, channel)),
    ...cursorOf(page.value),
  };
}

function members(args: ApiArguments, { workspace }: ApiContext): ApiAnswer {
  const channel = workspace.channels.get(textArgument(args, 'channel') ?? '');
  if (channel === undefined || isUnseen(channel)) return refuse('channel_not_found');
  const page = readPage(args, membersOf(workspace, channel));
  if ('refusal' in page) return page.refusal;
  return { ok: true, members: page.value.items, ...cursorOf(page.value) };
}

function join(args: ApiArguments, context: ApiContext): ApiAnswer {
  const { workspace } = context;
  const channel = workspace.channels.get(textArgument(args, 'channel') ?? '');
  if (channel === undefined || isUnseen(channel)) return refuse('channel_not_found');
  if (typeOf(channel) !== 'public_channel') return refuse('method_not_supported_for_channel_type');
  if (channel.isArchived) return refuse('is_archived');
  const body = { ok: true as const, channel: channelBody(workspace, { ...channel, botIsMember: true }) };
  if (channel.botIsMember) return { ...body, warning: 'already_in_channel' };
  channel.botIsMember = true;
  context.emitEvent({
    type: 'member_joined_channel',
    user: workspace.botUserId,
    channel: channel.id,
    channel_type: 'C',
    team: workspace.teamId,
    event_ts: workspace.nextTs(channel.id),
  });
  return body;
}

function open(args: ApiArguments, { workspace }: ApiContext): ApiAnswer {
  const users = (textArgument(args, 'users') ?? '').split(',').filter((user) => user !== '');
  const [userId] = users;
  const user = userId === undefined ? undefined : workspace.users.get(userId);
  if (user === undefined) return refuse('user_not_found');
  if (user.isDeleted === true) return refuse('user_disabled');
  if (user.id === workspace.botUserId) return refuse('cannot_dm_bot');
  // Conversations of several people are not emulated.
  if (users.length > 1) return refuse('unknown_method');
  return { ok: true, channel: { id: workspace.directChannel(user.id).id } };
}

function typeOf(channel: EmulatedChannel): 'im' | 'private_channel' | 'public_channel' {
  if (channel.kind === 'im') return 'im';
  return channel.isPrivate === true ? 'private_channel' : 'public_channel';
}

/** A private channel does not exist for whoever is no member. */
function isUnseen(channel: EmulatedChannel): boolean {
  return channel.isPrivate === true && !channel.botIsMember;
}

function membersOf(workspace: SlackWorkspace, channel: EmulatedChannel): readonly string[] {
  if (channel.kind === 'im') return [workspace.botUserId, channel.user ?? ''];
  const people = channel.members ?? [...workspace.users.keys()].filter((id) => id !== workspace.botUserId);
  return channel.botIsMember ? [workspace.botUserId, ...people] : people;
}

function channelBody(workspace: SlackWorkspace, channel: EmulatedChannel): Payload {
  const isIm = channel.kind === 'im';
  const isPrivate = channel.isPrivate === true;
  return {
    id: channel.id,
    ...(isIm ? { user: channel.user } : { name: channel.name, name_normalized: channel.name }),
    is_channel: !isIm && !isPrivate,
    is_group: isPrivate,
    is_im: isIm,
    is_private: isPrivate || isIm,
    is_archived: channel.isArchived,
    is_member: channel.botIsMember,
    is_shared: channel.isShared,
    is_ext_shared: channel.isShared,
    is_pending_ext_shared: channel.isPendingShared ?? false,
    context_team_id: workspace.teamId,
    num_members: membersOf(workspace, channel).length,
  };
}

function refuseReading(args: ApiArguments, { workspace }: ApiContext): ApiAnswer | undefined {
  const channel = workspace.channels.get(textArgument(args, 'channel') ?? '');
  if (channel === undefined || isUnseen(channel)) return refuse('channel_not_found');
  if (!channel.botIsMember) return refuse('not_in_channel');
  const needed = { im: 'im:history', private_channel: 'groups:history', public_channel: 'channels:history' }[
    typeOf(channel)
  ];
  return workspace.scopes.has(needed)
    ? undefined
    : refuse('missing_scope', { needed, provided: [...workspace.scopes].join(',') });
}

function isWithin(message: EmulatedMessage, args: ApiArguments): boolean {
  const oldest = Number(textArgument(args, 'oldest') ?? 0);
  const latest = Number(textArgument(args, 'latest') ?? Number.POSITIVE_INFINITY);
  const at = Number(message.ts);
  return flagArgument(args, 'inclusive') ? at >= oldest && at <= latest : at > oldest && at < latest;
}

function messagesPage(
  args: ApiArguments,
  { workspace }: ApiContext,
  messages: readonly EmulatedMessage[],
): ApiAnswer {
  const page = readPage(args, messages);
  if ('refusal' in page) return page.refusal;
  const withMetadata = flagArgument(args, 'include_all_metadata');
  return {
    ok: true,
    messages: page.value.items.map((message) => messageBody(workspace, message, withMetadata)),
    has_more: page.value.hasMore,
    ...cursorOf(page.value),
  };
}

function cursorOf({ nextCursor }: Page<unknown>) {
  return { response_metadata: { next_cursor: nextCursor } };
}
