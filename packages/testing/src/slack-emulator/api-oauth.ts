import {
  type ApiAnswer,
  type ApiArguments,
  type ApiContext,
  type ApiMethod,
  flagArgument,
  refuse,
  textArgument,
} from './api-answer.ts';
import { tokensRevokedEvent, uninstalledEvent } from './event-payloads.ts';
import type { IssuedTokens } from './token-desk.ts';
import type { SlackWorkspace } from './workspace.ts';

/** Installing the app, fresh tokens, and the end of both. Words: docs.slack.dev/reference/methods/oauth.v2.access. */
export const oauthMethods: Readonly<Record<string, ApiMethod>> = {
  'oauth.v2.access': { token: 'none', handle: access },
  'apps.uninstall': { token: 'bot', handle: uninstall },
  'auth.revoke': { token: 'bot', handle: revoke },
};

function access(args: ApiArguments, context: ApiContext): ApiAnswer {
  const refusal = refuseClient(args, context);
  if (refusal !== undefined) return refusal;
  switch (textArgument(args, 'grant_type') ?? 'authorization_code') {
    case 'authorization_code':
      return exchangeCode(textArgument(args, 'code') ?? '', context);
    case 'refresh_token':
      return refreshTokens(textArgument(args, 'refresh_token') ?? '', context);
    default:
      return refuse('invalid_grant_type');
  }
}

function exchangeCode(code: string, { oauth, tokens, settings }: ApiContext): ApiAnswer {
  const exchange = oauth.exchange(code);
  if (exchange.kind === 'refused') return refuse(exchange.error);
  const { workspace, userId } = exchange;
  return granted(workspace, tokens.issue(workspace, settings.rotatesTokens), userId);
}

function refreshTokens(refreshToken: string, { tokens }: ApiContext): ApiAnswer {
  const refreshed = tokens.refresh(refreshToken);
  return refreshed === undefined
    ? refuse('invalid_refresh_token')
    : granted(refreshed.workspace, refreshed.tokens);
}

function granted(workspace: SlackWorkspace, issued: IssuedTokens, userId?: string): ApiAnswer {
  const { accessToken, refreshToken, expiresInSeconds } = issued;
  return {
    ok: true,
    app_id: workspace.appId,
    ...(userId === undefined ? {} : { authed_user: { id: userId } }),
    scope: [...workspace.scopes].join(','),
    token_type: 'bot',
    access_token: accessToken,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken, expires_in: expiresInSeconds }),
    bot_user_id: workspace.botUserId,
    team: { id: workspace.teamId, name: workspace.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

function uninstall(args: ApiArguments, context: ApiContext): ApiAnswer {
  const refusal = refuseClient(args, context);
  if (refusal !== undefined) return refusal;
  const { workspace } = context;
  context.tokens.endAll(workspace, 'account_inactive');
  context.emitEvent(tokensRevokedEvent(workspace));
  context.emitEvent(uninstalledEvent());
  return { ok: true };
}

function revoke(args: ApiArguments, context: ApiContext): ApiAnswer {
  if (flagArgument(args, 'test')) return { ok: true, revoked: false };
  context.tokens.end(context.token, 'token_revoked');
  context.emitEvent(tokensRevokedEvent(context.workspace));
  return { ok: true, revoked: true };
}

function refuseClient(args: ApiArguments, { oauth }: ApiContext): ApiAnswer | undefined {
  if (textArgument(args, 'client_id') !== oauth.clientId) return refuse('invalid_client_id');
  return textArgument(args, 'client_secret') === oauth.clientSecret ? undefined : refuse('bad_client_secret');
}
