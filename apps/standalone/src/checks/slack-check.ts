import { type Check, type CheckResult, toOpsError } from '@jamie/core';
import type { InstalledWorkspaces } from '@jamie/slack';
import type { ConnectedSlack } from '../connect-slack.ts';

/** What of Slack is looked at. */
export interface CheckedSlack extends Pick<ConnectedSlack, 'installed' | 'installUrl'> {
  readonly bot: Pick<ConnectedSlack['bot'], 'health'>;
}

/** Whether Slack reaches us, and, where the app is installed in several workspaces, whether each lets us in. */
export function slackCheck(findSlack: () => CheckedSlack | undefined): Check {
  return async () => {
    const slack = findSlack();
    if (slack === undefined) {
      return {
        name: 'Slack',
        status: 'off',
        detail: 'not configured',
        mend: 'Make an app from deploy/slack/manifest.json and set SLACK_MODE=socket, SLACK_BOT_TOKEN and SLACK_APP_TOKEN',
      };
    }
    if (slack.bot.health().kind !== 'connected') {
      return {
        name: 'Slack',
        status: 'failed',
        detail: 'no connection',
        mend: 'Check the tokens and that this machine reaches slack.com; it keeps trying by itself.',
      };
    }
    const { installed, installUrl = '' } = slack;
    if (installed === undefined) return { name: 'Slack', status: 'ok', detail: 'connected', mend: '' };
    return checkWorkspaces(installed, installUrl);
  };
}

async function checkWorkspaces(installed: InstalledWorkspaces, installUrl: string): Promise<CheckResult> {
  try {
    const found = await installed.check();
    const names = found.map(({ teamName, teamId }) => `${teamName} (${teamId})`);
    if (found.length === 0) {
      return {
        name: 'Slack',
        status: 'warning',
        detail: 'connected, and installed in no workspace',
        mend: `Open ${installUrl} and install the app`,
      };
    }
    const problems = found.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
    if (problems.length === 0) {
      return { name: 'Slack', status: 'ok', detail: `connected in ${names.join(', ')}`, mend: '' };
    }
    const good = found.filter(({ problem }) => problem === undefined).length;
    return {
      name: 'Slack',
      status: 'failed',
      detail: `connected in ${good} of ${found.length} workspaces. ${problems.join(' ')}`,
      mend: `Where the app was removed or its token revoked, install it again at ${installUrl}`,
    };
  } catch (error) {
    const { userMessage, message } = toOpsError(error);
    return {
      name: 'Slack',
      status: 'failed',
      detail: `the installed workspaces cannot be read. ${userMessage ?? message}`,
      mend: 'Set CLUSTER_CREDENTIALS_KEY to the key with which they were stored, or install the app again.',
    };
  }
}
