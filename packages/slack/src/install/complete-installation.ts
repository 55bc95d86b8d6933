import { type Clock, type Installation, type Installations, type Logger, OpsError } from '@jamie/core';
import type { OauthV2AccessResponse } from '@slack/web-api';
import { createSlackClient } from '../slack-client.ts';
import { translateSlackError } from '../slack-error.ts';
import { exchangeGrant, type OauthClient } from '../workspaces/exchange-grant.ts';

export interface InstallationParts {
  readonly oauth: OauthClient;
  readonly installations: Installations;
  readonly redirectUri: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

export type InstallationResult =
  | {
      readonly kind: 'installed';
      readonly teamId: string;
      readonly teamName: string;
      readonly appId?: string;
    }
  | { readonly kind: 'refused'; readonly reason: 'whole_organisation' | 'no_bot_token' };

/** A rotation may come in between; more than that is a fault. */
const STORE_ATTEMPTS = 5;

/**
 * Exchanges the code of an installation for a token and stores the workspace, in place of an older installation.
 * Fails with forbidden (code used or too old), config_invalid, timeout, unavailable, rate_limited, conflict.
 */
export async function completeInstallation(
  parts: InstallationParts,
  code: string,
): Promise<InstallationResult> {
  const answer = await exchangeGrant(parts.oauth, { kind: 'code', code, redirectUri: parts.redirectUri });
  const teamId = answer.team?.id;
  if (answer.is_enterprise_install === true || teamId === undefined) {
    return { kind: 'refused', reason: 'whole_organisation' };
  }
  if (answer.access_token === undefined || answer.bot_user_id === undefined) {
    return { kind: 'refused', reason: 'no_bot_token' };
  }
  const botId = await readBotId(parts, answer.access_token);
  const teamName = answer.team?.name ?? teamId;
  await store(parts, {
    teamId,
    teamName,
    ...(answer.enterprise?.id != null && { enterpriseId: answer.enterprise.id }),
    botUserId: answer.bot_user_id,
    botId,
    botToken: answer.access_token,
    ...rotationOf(answer, parts.clock.now()),
    scopes: (answer.scope ?? '').split(',').filter((scope) => scope !== ''),
    installedBy: answer.authed_user?.id ?? '',
    installedAt: parts.clock.now(),
  });
  parts.logger.info('slack app was installed', { teamId, installedBy: answer.authed_user?.id });
  return {
    kind: 'installed',
    teamId,
    teamName,
    ...(answer.app_id !== undefined && { appId: answer.app_id }),
  };
}

function rotationOf(answer: OauthV2AccessResponse, now: number): Partial<Installation> {
  const { refresh_token: refreshToken, expires_in: seconds } = answer;
  return {
    ...(refreshToken !== undefined && { refreshToken }),
    ...(seconds !== undefined && { expiresAt: now + seconds * 1_000 }),
  };
}

/** Slack gives the token without the bot's id; the token knows it. */
async function readBotId({ oauth }: InstallationParts, token: string): Promise<string> {
  const { slackApiUrl, logger } = oauth;
  const client = createSlackClient({ token, logger, ...(slackApiUrl !== undefined && { slackApiUrl }) });
  try {
    const { bot_id: botId } = await client.auth.test();
    if (botId !== undefined) return botId;
  } catch (error) {
    throw translateSlackError(error, 'auth.test');
  }
  throw new OpsError('unavailable', 'slack gave a bot token without a bot');
}

async function store(
  { installations }: InstallationParts,
  installation: Omit<Installation, 'version'>,
): Promise<void> {
  for (let attempt = 0; attempt < STORE_ATTEMPTS; attempt += 1) {
    const known = await readVersion(installations, installation.teamId);
    const result = await installations.put({ ...installation, version: known + 1 }, known);
    if (result === 'stored') return;
  }
  throw new OpsError('conflict', 'an installation changed while it was stored', {
    retryable: true,
    details: { teamId: installation.teamId },
  });
}

async function readVersion(installations: Installations, teamId: string): Promise<number> {
  return (await installations.find(teamId))?.version ?? 0;
}
