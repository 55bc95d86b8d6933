import { type Clock, type Installation, type Installations, isOpsError, type Logger } from '@jamie/core';
import { translateSlackError } from '../slack-error.ts';
import { decideRotation } from './decide-rotation.ts';
import { createInstalledWorkspace, type InstalledWorkspace } from './installed-workspace.ts';
import type { SlackWorkspaces } from './slack-workspaces.ts';
import { notInstalled } from './workspace-refusals.ts';

export interface InstalledWorkspacesOptions {
  readonly installations: Installations;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the app is installed, for people, for example https://jamie.example.com/slack/install. */
  readonly installUrl: string;
  readonly slackApiUrl?: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How one workspace stands; `problem` says what is wrong and who can do what. */
export interface WorkspaceHealth {
  readonly teamId: string;
  readonly teamName: string;
  readonly problem?: string;
}

/** Every workspace in which the app is installed. */
export interface InstalledWorkspaces extends SlackWorkspaces {
  /** Asks Slack about each. Fails like the store, and with config_invalid when the key does not fit. */
  check(): Promise<readonly WorkspaceHealth[]>;
  /** Renews the tokens that end soon, for workspaces in which nothing happens. A failure is logged, and no other waits for it. */
  renewTokens(): Promise<void>;
}

/**
 * The workspaces of the stored installations. The record is read at every `find`, so that an installation, a rotation
 * or a removal by another process holds at once; clients are kept. A workspace whose token Slack refuses fails with
 * forbidden from then on without a call, until its record changes or some minutes have passed; the others go on.
 */
export function createInstalledWorkspaces(options: InstalledWorkspacesOptions): InstalledWorkspaces {
  const { installations, installUrl, clock, logger } = options;
  const { clientId, clientSecret } = options;
  const url = options.slackApiUrl === undefined ? {} : { slackApiUrl: options.slackApiUrl };
  const oauth = { clientId, clientSecret, ...url, logger };
  const known = new Map<string, InstalledWorkspace>();

  function workspaceOf(installation: Installation): InstalledWorkspace {
    const { teamId } = installation;
    const workspace =
      known.get(teamId) ??
      createInstalledWorkspace({ teamId, installations, installUrl, oauth, clock, logger, ...url });
    known.set(teamId, workspace);
    return workspace;
  }

  async function check(installation: Installation): Promise<WorkspaceHealth> {
    const { teamId, teamName } = installation;
    try {
      const { client } = await workspaceOf(installation).open(installation);
      await client.auth.test();
      return { teamId, teamName };
    } catch (error) {
      const { userMessage, message } = translateSlackError(error, 'auth.test');
      return { teamId, teamName, problem: userMessage ?? message };
    }
  }

  async function renew(installation: Installation): Promise<void> {
    if (decideRotation(installation, clock.now()).kind !== 'rotate') return;
    try {
      await workspaceOf(installation).open(installation);
    } catch (error) {
      if (!isOpsError(error)) throw error;
      logger.warn('token of a slack workspace is not renewed', {
        teamId: installation.teamId,
        code: error.code,
      });
    }
  }

  return {
    async find(teamId) {
      const installation = await installations.find(teamId);
      if (installation !== undefined) return workspaceOf(installation).open(installation);
      known.delete(teamId);
      throw notInstalled(teamId, installUrl);
    },
    async verify() {
      await installations.list();
    },
    async check() {
      return Promise.all((await installations.list()).map(check));
    },
    async renewTokens() {
      await Promise.all((await installations.list()).map(renew));
    },
  };
}
