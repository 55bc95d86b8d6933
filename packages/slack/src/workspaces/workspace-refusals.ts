import { type Installation, OpsError } from '@jamie/core';

/** Words by which Slack says that a token is good no more, whatever the call. */
const DEAD_TOKEN: ReadonlySet<string> = new Set([
  'token_expired',
  'token_revoked',
  'account_inactive',
  'invalid_auth',
]);

/** Whether Slack refused the token and not the call. */
export function isDeadToken(word: string | undefined): word is string {
  return word !== undefined && DEAD_TOKEN.has(word);
}

/** The app is in no record for this workspace. */
export function notInstalled(teamId: string, installUrl: string): OpsError {
  return new OpsError('forbidden', 'the app is not installed in this slack workspace', {
    userMessage: `I am not installed in the Slack workspace ${teamId}. Somebody who may install apps there can do it at ${installUrl}.`,
    details: { teamId, reason: 'app_not_installed' },
  });
}

/** Slack refuses the token of this workspace, and none follows it. */
export function tokenRefused(
  { teamId, teamName }: Pick<Installation, 'teamId' | 'teamName'>,
  word: string,
  installUrl: string,
  cause?: unknown,
): OpsError {
  return new OpsError('forbidden', 'slack refuses the token of a workspace', {
    userMessage: `Slack does not let me into the workspace ${teamName} (${teamId}) any more: ${reasonOf(word)}. Somebody who may install apps there can install me again at ${installUrl}.`,
    // Whatever a rotation was refused with, to everybody else the token has expired.
    details: { teamId, reason: word, slackError: isDeadToken(word) ? word : 'token_expired' },
    cause,
  });
}

function reasonOf(word: string): string {
  if (word === 'token_revoked') return 'my token was revoked';
  if (word === 'token_expired') return 'my token has expired and could not be renewed';
  if (word === 'account_inactive') return 'my account there was switched off, or the app was removed';
  return `it answers ${word}`;
}
