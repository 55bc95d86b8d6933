import {
  type ApiAnswer,
  type ApiArguments,
  type ApiContext,
  type ApiMethod,
  refuse,
  textArgument,
} from './api-answer.ts';
import type { Found } from './message-content.ts';
import { messageBody } from './payloads.ts';
import type { EmulatedMessage } from './workspace.ts';

/** Who the app is and where, and the small signs on messages. */
export const presenceMethods: Readonly<Record<string, ApiMethod>> = {
  'auth.test': { token: 'bot', handle: authTest },
  'apps.connections.open': {
    token: 'app',
    handle: (_args, context) => ({ ok: true, url: context.openSocketUrl() }),
  },
  'reactions.add': { token: 'bot', scope: 'reactions:write', handle: addReaction },
  'reactions.get': { token: 'bot', scope: 'reactions:read', handle: getReactions },
  'reactions.remove': { token: 'bot', scope: 'reactions:write', handle: removeReaction },
  'bots.info': { token: 'bot', scope: 'users:read', handle: botInfo },
  'team.info': { token: 'bot', scope: 'team:read', handle: teamInfo },
};

function authTest(_args: ApiArguments, { workspace }: ApiContext): ApiAnswer {
  return {
    ok: true,
    url: `https://${workspace.domain}.slack.com/`,
    team: teamName(workspace.domain),
    user: 'jamie',
    team_id: workspace.teamId,
    user_id: workspace.botUserId,
    bot_id: workspace.botId,
    is_enterprise_install: false,
  };
}

function addReaction(args: ApiArguments, context: ApiContext): ApiAnswer {
  const found = findReacted(args, context);
  if ('refusal' in found) return found.refusal;
  const name = textArgument(args, 'name') ?? '';
  if (!/^[a-z0-9_+'-]+$/.test(name)) return refuse('invalid_name');
  const { reactions } = found.value;
  if (reactions.includes(name)) return refuse('already_reacted');
  reactions.push(name);
  return { ok: true };
}

function removeReaction(args: ApiArguments, context: ApiContext): ApiAnswer {
  const found = findReacted(args, context);
  if ('refusal' in found) return found.refusal;
  const name = textArgument(args, 'name') ?? '';
  if (!found.value.reactions.includes(name)) return refuse('no_reaction');
  found.value.reactions = found.value.reactions.filter((reaction) => reaction !== name);
  return { ok: true };
}

function getReactions(args: ApiArguments, context: ApiContext): ApiAnswer {
  const found = findReacted(args, context);
  if ('refusal' in found) return found.refusal;
  const { workspace } = context;
  const reactions = found.value.reactions.map((name) => ({ name, count: 1, users: [workspace.botUserId] }));
  const message = { ...messageBody(workspace, found.value), reactions };
  return { ok: true, type: 'message', channel: found.value.channel, message };
}

function findReacted(args: ApiArguments, { workspace }: ApiContext): Found<EmulatedMessage> {
  const channel = workspace.channels.get(textArgument(args, 'channel') ?? '');
  if (channel === undefined) return { refusal: refuse('channel_not_found') };
  if (channel.isArchived) return { refusal: refuse('is_archived') };
  if (!channel.botIsMember) return { refusal: refuse('not_in_channel') };
  const message = workspace.findMessage(channel.id, textArgument(args, 'timestamp') ?? '');
  return message === undefined ? { refusal: refuse('message_not_found') } : { value: message };
}

function botInfo(args: ApiArguments, { workspace }: ApiContext): ApiAnswer {
  if (textArgument(args, 'bot') !== workspace.botId) return refuse('bot_not_found');
  const bot = { id: workspace.botId, name: 'jamie', app_id: workspace.appId, user_id: workspace.botUserId };
  return { ok: true, bot: { ...bot, deleted: false } };
}

function teamInfo(_args: ApiArguments, { workspace }: ApiContext): ApiAnswer {
  const { domain } = workspace;
  return { ok: true, team: { id: workspace.teamId, name: teamName(domain), domain } };
}

/** The name of a workspace: its domain with a capital letter. */
function teamName(domain: string): string {
  return domain.charAt(0).toUpperCase() + domain.slice(1);
}
