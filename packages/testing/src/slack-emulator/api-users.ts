import {
  type ApiAnswer,
  type ApiArguments,
  type ApiContext,
  type ApiMethod,
  refuse,
  textArgument,
} from './api-answer.ts';
import { readPage } from './page.ts';
import type { Payload } from './payloads.ts';
import type { EmulatedUser, SlackWorkspace } from './workspace.ts';

/** Who people are. Words: docs.slack.dev/reference/methods, group users. */
export const userMethods: Readonly<Record<string, ApiMethod>> = {
  'users.info': { token: 'bot', scope: 'users:read', handle: info },
  'users.list': { token: 'bot', scope: 'users:read', handle: list },
  'users.lookupByEmail': { token: 'bot', scope: 'users:read.email', handle: lookupByEmail },
};

function info(args: ApiArguments, { workspace }: ApiContext): ApiAnswer {
  const user = workspace.users.get(textArgument(args, 'user') ?? '');
  return user === undefined ? refuse('user_not_found') : { ok: true, user: userBody(workspace, user) };
}

function list(args: ApiArguments, { workspace, clock }: ApiContext): ApiAnswer {
  const page = readPage(args, [...workspace.users.values()]);
  if ('refusal' in page) return page.refusal;
  return {
    ok: true,
    members: page.value.items.map((user) => userBody(workspace, user)),
    cache_ts: Math.floor(clock.now() / 1_000),
    response_metadata: { next_cursor: page.value.nextCursor },
  };
}

function lookupByEmail(args: ApiArguments, { workspace }: ApiContext): ApiAnswer {
  const email = textArgument(args, 'email')?.toLowerCase();
  const user = [...workspace.users.values()].find(
    (each) => each.email !== undefined && each.email.toLowerCase() === email,
  );
  return user === undefined ? refuse('users_not_found') : { ok: true, user: userBody(workspace, user) };
}

function userBody(workspace: SlackWorkspace, user: EmulatedUser): Payload {
  const realName = user.realName ?? user.name;
  const hasEmail = user.email !== undefined && workspace.scopes.has('users:read.email');
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    real_name: realName,
    deleted: user.isDeleted ?? false,
    tz: user.timeZone ?? 'Europe/London',
    profile: {
      real_name: realName,
      display_name: user.name,
      team: user.teamId,
      ...(hasEmail ? { email: user.email } : {}),
    },
    is_admin: false,
    is_owner: false,
    is_bot: user.isBot ?? false,
    is_app_user: false,
    is_restricted: user.isRestricted ?? false,
    is_ultra_restricted: user.isUltraRestricted ?? false,
    is_email_confirmed: user.isEmailConfirmed ?? true,
    is_stranger: user.teamId !== workspace.teamId,
  };
}
