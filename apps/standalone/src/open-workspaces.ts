import type { ConnectedSlackConfig } from '@jamie/bot';
import type { Clock, Installations, Logger } from '@jamie/core';
import type { RegularLook } from '@jamie/runtime';
import type { InstalledWorkspaces, SlackWorkspaces } from '@jamie/slack';
import type { Storage } from './storage.ts';

export interface WorkspacesParts {
  readonly slack: ConnectedSlackConfig;
  readonly storage: Storage;
  readonly logger: Logger;
  readonly clock: Clock;
}

/** The workspaces that we serve; where the app is installed over OAuth, also what keeps their tokens fresh. */
export interface OpenWorkspaces {
  readonly workspaces: SlackWorkspaces;
  readonly installations?: Installations;
  readonly installed?: InstalledWorkspaces;
  readonly renewal?: RegularLook;
  /** Where people install the app. */
  readonly installUrl?: string;
}

/** Opens the one workspace of a bot token, or all in which the app is installed, as the configuration says. */
export async function openWorkspaces(parts: WorkspacesParts): Promise<OpenWorkspaces> {
  const { slack, storage, logger, clock } = parts;
  const { createInstalledWorkspaces, createSingleWorkspace, createTokenRenewal } = await import(
    '@jamie/slack'
  );
  const { access } = slack;
  const url = slack.apiUrl === undefined ? {} : { slackApiUrl: slack.apiUrl };
  if (access.kind === 'bot_token') {
    return { workspaces: createSingleWorkspace({ botToken: access.botToken, logger, ...url }) };
  }
  const installUrl = `${access.publicUrl}/slack/install`;
  const installations = storage.openInstallations(access.credentialsKey);
  const installed = createInstalledWorkspaces({
    ...access,
    ...url,
    installations,
    installUrl,
    clock,
    logger,
  });
  const renewal = createTokenRenewal({ workspaces: installed, clock, logger });
  return { workspaces: installed, installations, installed, renewal, installUrl };
}
