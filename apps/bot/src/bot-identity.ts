import { OpsError } from '@jamie/core';
import { translateSlackError } from '@jamie/slack';
import type { SlackClient } from './people/identify-person.ts';

/** Who we are in Slack. */
interface BotSelf {
  readonly teamId: string;
  readonly botUserId: string;
  readonly botId: string;
}

export interface BotIdentity {
  /** Asks Slack once. Fails with forbidden (bad token), timeout, unavailable, rate_limited. */
  read(): Promise<BotSelf>;
}

/** Remembers the answer; a failure is forgotten, so that the next call asks again. */
export function createBotIdentity(client: SlackClient): BotIdentity {
  let known: Promise<BotSelf> | undefined;
  return {
    read() {
      known ??= askSlack(client).catch((error: unknown) => {
        known = undefined;
        throw error;
      });
      return known;
    },
  };
}

async function askSlack(client: SlackClient): Promise<BotSelf> {
  const answer = await callAuthTest(client);
  const { team_id: teamId, user_id: botUserId, bot_id: botId } = answer;
  if (teamId === undefined || botUserId === undefined || botId === undefined) {
    throw new OpsError('forbidden', 'slack token is not a bot token', {
      userMessage: 'SLACK_BOT_TOKEN is not a bot token. Copy the token that starts with xoxb-.',
    });
  }
  return { teamId, botUserId, botId };
}

async function callAuthTest(client: SlackClient) {
  try {
    return await client.auth.test();
  } catch (error) {
    throw translateSlackError(error, 'auth.test');
  }
}
