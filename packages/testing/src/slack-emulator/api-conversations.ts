import {
  type ApiAnswer,
  type ApiArguments,
  type ApiContext,
  type ApiMethod,
  flagArgument,
  refuse,
  textArgument,
} from './api-answer.ts';
import { messageBody } from './payloads.ts';
import type { EmulatedMessage } from './workspace.ts';

export const conversationMethods: Readonly<Record<string, ApiMethod>> = {
  'conversations.replies': { token: 'bot', scope: 'channels:history', handle: replies },
  'conversations.history': { token: 'bot', scope: 'channels:history', handle: history },
  'conversations.info': { token: 'bot', scope: 'channels:read', handle: info },
  'conversations.open': { token: 'bot', scope: 'im:write', handle: open },
};

const DEFAULT_LIMIT = 100;
const MAXIMUM_LIMIT = 999;

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
  return page(args, context, [root, ...thread.slice(1).filter((message) => isWithin(message, args))]);
}

function history(args: ApiArguments, context: ApiContext): ApiAnswer {
  const refusal = refuseReading(args, context);
  if (refusal !== undefined) return refusal;
  const roots = context.workspace
    .messagesOf(textArgument(args, 'channel') ?? '')
    .filter((message) => message.threadTs === undefined || message.threadTs === message.ts)
    .filter((message) => isWithin(message, args));
  return page(args, context, roots.toReversed());
}

function info(args: ApiArguments, context: ApiContext): ApiAnswer {
  const channel = context.workspace.channels.get(textArgument(args, 'channel') ?? '');
  if (channel === undefined) return refuse('channel_not_found');
  return {
    ok: true,
    channel: {
      id: channel.id,
      name: channel.name,
      is_channel: channel.kind === 'channel',
      is_im: channel.kind === 'im',
      is_archived: channel.isArchived,
      is_member: channel.botIsMember,
      is_ext_shared: channel.isShared,
    },
  };
}

function open(args: ApiArguments, context: ApiContext): ApiAnswer {
  const users = (textArgument(args, 'users') ?? '').split(',').filter((user) => user !== '');
  const [user] = users;
  if (user === undefined || !context.workspace.users.has(user)) return refuse('user_not_found');
  // Conversations of several people are not emulated.
  if (users.length > 1) return refuse('unknown_method');
  return { ok: true, channel: { id: context.workspace.directChannel(user).id } };
}

function refuseReading(args: ApiArguments, context: ApiContext): ApiAnswer | undefined {
  const channel = context.workspace.channels.get(textArgument(args, 'channel') ?? '');
  if (channel === undefined) return refuse('channel_not_found');
  return channel.botIsMember ? undefined : refuse('not_in_channel');
}

function isWithin(message: EmulatedMessage, args: ApiArguments): boolean {
  const oldest = Number(textArgument(args, 'oldest') ?? 0);
  const latest = Number(textArgument(args, 'latest') ?? Number.POSITIVE_INFINITY);
  const at = Number(message.ts);
  return flagArgument(args, 'inclusive') ? at >= oldest && at <= latest : at > oldest && at < latest;
}

function page(args: ApiArguments, context: ApiContext, messages: readonly EmulatedMessage[]): ApiAnswer {
  const limit = Number(textArgument(args, 'limit') ?? args['limit'] ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAXIMUM_LIMIT) return refuse('invalid_limit');
  const from = Number(textArgument(args, 'cursor') ?? 0);
  if (!Number.isInteger(from) || from < 0) return refuse('invalid_cursor');
  const withMetadata = flagArgument(args, 'include_all_metadata');
  const hasMore = from + limit < messages.length;
  return {
    ok: true,
    messages: messages
      .slice(from, from + limit)
      .map((message) => messageBody(context.workspace, message, withMetadata)),
    has_more: hasMore,
    response_metadata: { next_cursor: hasMore ? String(from + limit) : '' },
  };
}
