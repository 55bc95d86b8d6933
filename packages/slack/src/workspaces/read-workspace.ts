import { type Logger, OpsError } from '@jamie/core';
import type { WebClient } from '@slack/web-api';
import { createSlackClient } from '../slack-client.ts';
import { translateSlackError } from '../slack-error.ts';
import type { SlackWorkspace } from './slack-workspaces.ts';

/** A sign is worth nothing once the answer is there. */
export const IMPATIENT_TIMEOUT_MS = 2_000;

export interface WorkspaceAccess {
  readonly botToken: string;
  readonly slackApiUrl?: string;
  /** One call's time in milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
  readonly logger: Logger;
}

/** Both clients of a workspace, for one token. */
function openWorkspaceClients(access: WorkspaceAccess): Pick<SlackWorkspace, 'client' | 'impatientClient'> {
  const { botToken: token, logger } = access;
  const url = access.slackApiUrl === undefined ? {} : { slackApiUrl: access.slackApiUrl };
  const timeout = access.timeoutMs === undefined ? {} : { timeoutMs: access.timeoutMs };
  return {
    client: createSlackClient({ token, ...url, ...timeout, logger }),
    impatientClient: createSlackClient({ token, ...url, timeoutMs: IMPATIENT_TIMEOUT_MS, logger }),
  };
}

/** Asks Slack whose token this is. Fails with forbidden, timeout, unavailable, rate_limited. */
export async function readWorkspace(access: WorkspaceAccess): Promise<SlackWorkspace> {
  const clients = openWorkspaceClients(access);
  const answer = await callAuthTest(clients.client);
  const { team_id: teamId, user_id: botUserId, bot_id: botId } = answer;
  if (teamId === undefined || botUserId === undefined || botId === undefined) {
    throw new OpsError('forbidden', 'slack token is not a bot token', {
      userMessage: 'SLACK_BOT_TOKEN is not a bot token. Copy the token that starts with xoxb-.',
    });
  }
  return { teamId, botUserId, botId, botToken: access.botToken, ...clients };
}

async function callAuthTest(client: WebClient) {
  try {
    return await client.auth.test();
  } catch (error) {
    throw translateSlackError(error, 'auth.test');
  }
}
