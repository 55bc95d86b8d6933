import { type Clock, type Installation, type Installations, isOpsError, OpsError } from '@jamie/core';
import { exchangeGrant, type OauthClient } from './exchange-grant.ts';
import { notInstalled, tokenRefused } from './workspace-refusals.ts';

export interface RotationParts {
  readonly installations: Installations;
  readonly oauth: OauthClient;
  /** Where the app is installed again, for people. */
  readonly installUrl: string;
  readonly clock: Clock;
}

/** How often, and after what waits, a record is looked at or stored again. */
const WAITS_MS = [100, 300, 1_000, 3_000];

/**
 * Exchanges the refresh token and stores what came. Several processes may do so at once: Slack takes a refresh token
 * once, and the record is compared and set, so that the loser reads the winner's token. Fails with forbidden (not
 * installed any more, or refused), config_invalid, timeout, unavailable, rate_limited.
 */
export async function rotateToken(parts: RotationParts, installation: Installation): Promise<Installation> {
  const { refreshToken } = installation;
  if (refreshToken === undefined) throw tokenRefused(installation, 'token_expired', parts.installUrl);
  let next: Installation;
  try {
    next = await askForNext(parts, installation, refreshToken);
  } catch (error) {
    if (!isOpsError(error, 'forbidden')) throw error;
    const winner = await awaitWinner(parts, installation);
    if (winner !== undefined) return winner;
    throw tokenRefused(installation, String(error.details['slackError']), parts.installUrl, error);
  }
  return storeNext(parts, installation, next);
}

async function askForNext(
  { oauth, clock }: RotationParts,
  installation: Installation,
  refreshToken: string,
): Promise<Installation> {
  const answer = await exchangeGrant(oauth, { kind: 'refresh', refreshToken });
  if (answer.access_token === undefined) {
    throw new OpsError('unavailable', 'slack rotated a token and gave none');
  }
  const { expiresAt: _ended, ...rest } = installation;
  return {
    ...rest,
    botToken: answer.access_token,
    refreshToken: answer.refresh_token ?? refreshToken,
    ...(answer.expires_in !== undefined && { expiresAt: clock.now() + answer.expires_in * 1_000 }),
    version: installation.version + 1,
  };
}

/** Another process used the refresh token a moment ago and may not have stored its answer yet. */
async function awaitWinner(
  { installations, installUrl, clock }: RotationParts,
  { teamId, botToken }: Installation,
): Promise<Installation | undefined> {
  for (const waitMs of [0, ...WAITS_MS]) {
    if (waitMs > 0) await clock.sleep(waitMs);
    const stored = await installations.find(teamId);
    if (stored === undefined) throw notInstalled(teamId, installUrl);
    if (stored.botToken !== botToken) return stored;
  }
  return undefined;
}

/** The old refresh token is spent: what came for it must not be lost to a store that is busy for a moment. */
async function storeNext(
  { installations, installUrl, clock }: RotationParts,
  installation: Installation,
  next: Installation,
): Promise<Installation> {
  for (const waitMs of [...WAITS_MS, undefined]) {
    try {
      if ((await installations.put(next, installation.version)) === 'stored') return next;
      const stored = await installations.find(installation.teamId);
      if (stored === undefined) throw notInstalled(installation.teamId, installUrl);
      return stored;
    } catch (error) {
      if (!isOpsError(error) || !error.retryable || waitMs === undefined) throw error;
      await clock.sleep(waitMs);
    }
  }
  return next;
}
