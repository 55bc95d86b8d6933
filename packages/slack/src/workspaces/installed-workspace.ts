import type { Logger } from '@jamie/core';
import { type Installation, isOpsError, type OpsError } from '@jamie/core';
import { decideRotation } from './decide-rotation.ts';
import { IMPATIENT_TIMEOUT_MS } from './read-workspace.ts';
import { type RotationParts, rotateToken } from './rotate-token.ts';
import { createRotatingClient } from './rotating-client.ts';
import type { SlackWorkspace } from './slack-workspaces.ts';
import { notInstalled, tokenRefused } from './workspace-refusals.ts';

export interface InstalledWorkspaceOptions extends RotationParts {
  readonly teamId: string;
  readonly slackApiUrl?: string;
  readonly logger: Logger;
}

/** One workspace in which the app is installed, with its clients and the token that they use. */
export interface InstalledWorkspace {
  /**
   * The workspace as its record says. Fails with forbidden (token refused), and, when the token has ended and the
   * next one cannot be had now, with timeout, unavailable, rate_limited or config_invalid.
   */
  open(installation: Installation): Promise<SlackWorkspace>;
}

/** What Slack refused is asked for again after this time: it may have been mended on Slack's side. */
const REFUSED_FOR_MS = 10 * 60_000;
/** A rotation that failed is not tried at every call while the old token still works. */
const ROTATE_AGAIN_MS = 30_000;

export function createInstalledWorkspace(options: InstalledWorkspaceOptions): InstalledWorkspace {
  const { installations, teamId, installUrl, clock, logger } = options;
  let token = '';
  let refusal: { readonly token: string; readonly error: OpsError; readonly until: number } | undefined;
  let rotation: Promise<Installation> | undefined;
  let notBefore = 0;

  /** One rotation at a time; whoever comes meanwhile waits for the same. */
  function rotate(installation: Installation): Promise<Installation> {
    rotation ??= rotateToken(options, installation).finally(() => {
      rotation = undefined;
    });
    return rotation;
  }

  function refuse(refused: string, error: OpsError): OpsError {
    refusal = { token: refused, error, until: clock.now() + REFUSED_FOR_MS };
    logger.warn('slack refuses the token of a workspace', {
      teamId,
      slackError: error.details['slackError'],
    });
    return error;
  }

  async function renewed(installation: Installation, isUsable: boolean): Promise<Installation> {
    if (isUsable && clock.now() < notBefore) return installation;
    try {
      return await rotate(installation);
    } catch (error) {
      if (!isOpsError(error)) throw error;
      if (!isUsable) throw error.code === 'forbidden' ? refuse(installation.botToken, error) : error;
      notBefore = clock.now() + ROTATE_AGAIN_MS;
      logger.warn('token of a slack workspace is not renewed yet', { teamId, code: error.code });
      return installation;
    }
  }

  async function current(installation: Installation): Promise<Installation> {
    if (refusal?.token === installation.botToken && clock.now() < refusal.until) throw refusal.error;
    const decision = decideRotation(installation, clock.now());
    if (decision.kind === 'keep') return installation;
    if (decision.kind === 'rotate') return renewed(installation, decision.isUsable);
    throw refuse(installation.botToken, tokenRefused(installation, 'token_expired', installUrl));
  }

  async function replace(used: string, word: string): Promise<string> {
    const stored = await installations.find(teamId);
    if (stored === undefined) throw notInstalled(teamId, installUrl);
    // Another call or another process was here first: it was installed again, or the token rotated.
    if (stored.botToken !== used) {
      token = stored.botToken;
      return token;
    }
    if (word !== 'token_expired' || stored.refreshToken === undefined) {
      throw refuse(used, tokenRefused(stored, word, installUrl));
    }
    token = (await renewed(stored, false)).botToken;
    return token;
  }

  const common = {
    tokens: { current: () => token, replace },
    logger,
    ...(options.slackApiUrl === undefined ? {} : { slackApiUrl: options.slackApiUrl }),
  };
  const client = createRotatingClient(common);
  const impatientClient = createRotatingClient({ ...common, timeoutMs: IMPATIENT_TIMEOUT_MS });

  return {
    async open(installation) {
      const { botToken, botUserId, botId } = await current(installation);
      token = botToken;
      return { teamId, botUserId, botId, botToken, client, impatientClient };
    },
  };
}
