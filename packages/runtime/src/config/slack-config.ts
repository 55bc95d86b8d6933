import { z } from 'zod';
import { checkSlackAccess, type SlackAccess, slackAccessVariables, toSlackAccess } from './slack-access.ts';
import { secret, wholeNumber } from './variable.ts';

/** How Slack reaches us. Each mode carries exactly what it needs. */
export type SlackConfig = { readonly mode: 'off' } | SocketModeConfig | HttpModeConfig;

interface ConnectedConfig {
  readonly access: SlackAccess;
  /** HTTP mode: for Slack's requests. With access by OAuth, in both modes: for the pages of an installation. */
  readonly port: number;
  readonly apiUrl?: string;
}

interface SocketModeConfig extends ConnectedConfig {
  readonly mode: 'socket';
  readonly appToken: string;
}

interface HttpModeConfig extends ConnectedConfig {
  readonly mode: 'http';
  readonly signingSecret: string;
}

const apiUrl = z
  .url({ protocol: /^https?$/, error: 'must be a URL such as https://slack.com/api/' })
  .optional()
  .describe('Base URL of Slack’s Web API, for tests. Default: https://slack.com/api/');
const port = wholeNumber(0, 65_535)
  .default(3000)
  .describe(
    'Port for Slack’s signed requests when SLACK_MODE=http, and for /slack/install with SLACK_CLIENT_ID. Default: 3000',
  );
/** What is wrong together is told even where something is wrong by itself. */
const always = { when: () => true };

export const slackVariables = z.discriminatedUnion(
  'SLACK_MODE',
  [
    z.object({
      SLACK_MODE: z
        .literal('off')
        .describe('How Slack reaches us: off, socket (Socket Mode) or http (signed requests). Default: off'),
    }),
    z
      .object({
        SLACK_MODE: z.literal('socket'),
        ...slackAccessVariables,
        SLACK_APP_TOKEN: secret(
          z
            .string('is needed for SLACK_MODE=socket; make one under "App-Level Tokens"')
            .startsWith('xapp-', 'must start with xapp-'),
          'App-level token (xapp-…) with connections:write. Needed for SLACK_MODE=socket.',
        ),
        SLACK_HTTP_PORT: port,
        SLACK_API_URL: apiUrl,
      })
      .superRefine(checkSlackAccess, always),
    z
      .object({
        SLACK_MODE: z.literal('http'),
        ...slackAccessVariables,
        SLACK_SIGNING_SECRET: secret(
          z
            .string('is needed for SLACK_MODE=http; copy it from "Basic Information"')
            .min(16, 'must have at least 16 characters'),
          'Signing secret, from "Basic Information". Needed for SLACK_MODE=http.',
        ),
        SLACK_HTTP_PORT: port,
        SLACK_API_URL: apiUrl,
      })
      .superRefine(checkSlackAccess, always),
  ],
  { error: 'must be one of off, socket, http' },
);

/** Slack's configuration from its variables. `credentialsKey` encrypts the tokens of installations. */
export function toSlackConfig(
  values: z.output<typeof slackVariables>,
  credentialsKey: Uint8Array | undefined,
): SlackConfig {
  if (values.SLACK_MODE === 'off') return { mode: 'off' };
  const common = {
    access: toSlackAccess(values, credentialsKey),
    port: values.SLACK_HTTP_PORT,
    ...(values.SLACK_API_URL === undefined ? {} : { apiUrl: values.SLACK_API_URL }),
  };
  if (values.SLACK_MODE === 'socket') return { mode: 'socket', appToken: values.SLACK_APP_TOKEN, ...common };
  return { mode: 'http', signingSecret: values.SLACK_SIGNING_SECRET, ...common };
}
