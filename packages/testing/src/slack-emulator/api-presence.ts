import {
  type ApiAnswer,
  type ApiArguments,
  type ApiContext,
  type ApiMethod,
  refuse,
  textArgument,
} from './api-answer.ts';

/** Who people and apps are, and the small signs on messages and threads. */
export const presenceMethods: Readonly<Record<string, ApiMethod>> = {
  'auth.test': { token: 'bot', handle: authTest },
  'apps.connections.open': {
    token: 'app',
    handle: (_args, context) => ({ ok: true, url: context.openSocketUrl() }),
  },
  'assistant.threads.setStatus': { token: 'bot', scope: 'chat:write', handle: setStatus },
  'reactions.add': { token: 'bot', scope: 'reactions:write', handle: addReaction },
  'reactions.remove': { token: 'bot', scope: 'reactions:write', handle: removeReaction },
  'users.info': { token: 'bot', scope: 'users:read', handle: userInfo },
  'bots.info': { token: 'bot', scope: 'users:read', handle: botInfo },
  'team.info': { token: 'bot', scope: 'team:read', handle: teamInfo },
};

function authTest(_args: ApiArguments, { workspace }: ApiContext): ApiAnswer {
  return {
    ok: true,
    url: 'https://emulated.slack.com/',
    team: 'Emulated',
    user: 'jamie',
    team_id: workspace.teamId,
    user_id: workspace.botUserId,
    bot_id: workspace.botId,
    is_enterprise_install: false,
  };
}

function setStatus(args: ApiArguments, context: ApiContext): ApiAnswer {
  if (!context.hasAgentSurface) return refuse('not_agent_app');
  const channel = context.workspace.channels.get(textArgument(args, 'channel_id') ?? '');
  if (channel === undefined) return refuse('channel_not_found');
  const threadTs = textArgument(args, 'thread_ts') ?? '';
  if (context.workspace.findMessage(channel.id, threadTs) === undefined) return refuse('invalid_thread_ts');
  const status = textArgument(args, 'status');
  if (status === undefined) context.workspace.statuses.delete(`${channel.id}:${threadTs}`);
  else context.workspace.statuses.set(`${channel.id}:${threadTs}`, status);
  return { ok: true };
}

function addReaction(args: ApiArguments, context: ApiContext): ApiAnswer {
  const message = findReacted(args, context);
  if ('ok' in message) return message;
  const name = textArgument(args, 'name') ?? '';
  if (!/^[a-z0-9_+'-]+$/.test(name)) return refuse('invalid_name');
  if (message.reactions.includes(name)) return refuse('already_reacted');
  message.reactions.push(name);
  return { ok: true };
}

function removeReaction(args: ApiArguments, context: ApiContext): ApiAnswer {
  const message = findReacted(args, context);
  if ('ok' in message) return message;
  const name = textArgument(args, 'name') ?? '';
  if (!message.reactions.includes(name)) return refuse('no_reaction');
  message.reactions = message.reactions.filter((reaction) => reaction !== name);
  return { ok: true };
}

function findReacted(args: ApiArguments, context: ApiContext) {
  const channel = context.workspace.channels.get(textArgument(args, 'channel') ?? '');
  if (channel === undefined) return refuse('channel_not_found');
  if (channel.isArchived) return refuse('is_archived');
  if (!channel.botIsMember) return refuse('not_in_channel');
  const message = context.workspace.findMessage(channel.id, textArgument(args, 'timestamp') ?? '');
  return message ?? refuse('message_not_found');
}

function userInfo(args: ApiArguments, { workspace }: ApiContext): ApiAnswer {
  const user = workspace.users.get(textArgument(args, 'user') ?? '');
  if (user === undefined) return refuse('user_not_found');
  return {
    ok: true,
    user: {
      id: user.id,
      team_id: user.teamId,
      name: user.name,
      deleted: false,
      is_bot: user.isBot ?? false,
      is_restricted: user.isRestricted ?? false,
      is_ultra_restricted: user.isUltraRestricted ?? false,
      is_stranger: user.teamId !== workspace.teamId,
    },
  };
}

function botInfo(args: ApiArguments, { workspace }: ApiContext): ApiAnswer {
  if (textArgument(args, 'bot') !== workspace.botId) return refuse('bot_not_found');
  const bot = { id: workspace.botId, name: 'jamie', app_id: workspace.appId, user_id: workspace.botUserId };
  return { ok: true, bot: { ...bot, deleted: false } };
}

function teamInfo(_args: ApiArguments, { workspace }: ApiContext): ApiAnswer {
  return { ok: true, team: { id: workspace.teamId, name: 'Emulated', domain: 'emulated' } };
}
