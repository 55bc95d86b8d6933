import type { Bot } from '@jamie/bot';
import type { Check } from '@jamie/core';

/** Whether Slack reaches us. */
export function slackCheck(findBot: () => Bot | undefined): Check {
  return async () => {
    const bot = findBot();
    if (bot === undefined) {
      return {
        name: 'Slack',
        status: 'off',
        detail: 'not configured',
        mend: 'Make an app from deploy/slack/manifest.json and set SLACK_MODE=socket, SLACK_BOT_TOKEN and SLACK_APP_TOKEN',
      };
    }
    const health = bot.health();
    if (health.kind === 'connected') return { name: 'Slack', status: 'ok', detail: 'connected', mend: '' };
    return {
      name: 'Slack',
      status: 'failed',
      detail: 'no connection',
      mend: 'Check the tokens and that this machine reaches slack.com; it keeps trying by itself.',
    };
  };
}
