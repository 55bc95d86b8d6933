import { z } from 'zod';
import { secret, wholeNumber } from './variable.ts';

/** How Slack reaches us. Each mode carries exactly what it needs. */
export type SlackConfig =
  | { readonly mode: 'off' }
  | {
      readonly mode: 'socket';
      readonly botToken: string;
      readonly appToken: string;
      readonly apiUrl?: string;
    }
  | {
      readonly mode: 'http';
      readonly botToken: string;
      readonly signingSecret: string;
      readonly port: number;
      readonly apiUrl?: string;
    };

const botToken = secret(
  z
    .string('is needed for this SLACK_MODE; copy it from "OAuth & Permissions"')
    .startsWith('xoxb-', 'must start with xoxb-'),
  'Bot token (xoxb-…), from "OAuth & Permissions" of your Slack app. Needed unless SLACK_MODE is off.',
);
const apiUrl = z
  .url({ protocol: /^https?$/, error: 'must be a URL such as https://slack.com/api/' })
  .optional()
  .describe('Base URL of Slack’s Web API, for tests. Default: https://slack.com/api/');

export const slackVariables = z.discriminatedUnion(
  'SLACK_MODE',
  [
    z.object({
      SLACK_MODE: z
        .literal('off')
        .describe('How Slack reaches us: off, socket (Socket Mode) or http (signed requests). Default: off'),
    }),
    z.object({
      SLACK_MODE: z.literal('socket'),
      SLACK_BOT_TOKEN: botToken,
      SLACK_APP_TOKEN: secret(
        z
          .string('is needed for SLACK_MODE=socket; make one under "App-Level Tokens"')
          .startsWith('xapp-', 'must start with xapp-'),
        'App-level token (xapp-…) with connections:write. Needed for SLACK_MODE=socket.',
      ),
      SLACK_API_URL: apiUrl,
    }),
    z.object({
      SLACK_MODE: z.literal('http'),
      SLACK_BOT_TOKEN: botToken,
      SLACK_SIGNING_SECRET: secret(
        z
          .string('is needed for SLACK_MODE=http; copy it from "Basic Information"')
          .min(16, 'must have at least 16 characters'),
        'Signing secret, from "Basic Information". Needed for SLACK_MODE=http.',
      ),
      SLACK_HTTP_PORT: wholeNumber(0, 65_535)
        .default(3000)
        .describe('Port for Slack’s signed requests when SLACK_MODE=http. Default: 3000'),
      SLACK_API_URL: apiUrl,
    }),
  ],
  { error: 'must be one of off, socket, http' },
);

/** Slack's configuration from its variables. */
export function toSlackConfig(values: z.output<typeof slackVariables>): SlackConfig {
  if (values.SLACK_MODE === 'off') return { mode: 'off' };
  const url = values.SLACK_API_URL === undefined ? {} : { apiUrl: values.SLACK_API_URL };
  if (values.SLACK_MODE === 'socket') {
    return { mode: 'socket', botToken: values.SLACK_BOT_TOKEN, appToken: values.SLACK_APP_TOKEN, ...url };
  }
  return {
    mode: 'http',
    botToken: values.SLACK_BOT_TOKEN,
    signingSecret: values.SLACK_SIGNING_SECRET,
    port: values.SLACK_HTTP_PORT,
    ...url,
  };
}
