import { OpsError } from '@jamie/core';
import { z } from 'zod';
import { secret } from './variable.ts';

/** How we get into workspaces: into one with its token, or into every one in which somebody installed the app. */
export type SlackAccess =
  | { readonly kind: 'bot_token'; readonly botToken: string }
  | ({ readonly kind: 'oauth' } & SlackOauth);

/** What installing the app over OAuth needs. */
export interface SlackOauth {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Signs the state that goes through the browser. */
  readonly stateSecret: string;
  /** Where browsers reach us, without a path and without a slash at the end. */
  readonly publicUrl: string;
  /** 32 bytes that encrypt the tokens at rest. */
  readonly credentialsKey: Uint8Array;
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

const publicUrl = z.string().superRefine((text, context) => {
  const problem = findUrlProblem(text);
  if (problem !== undefined) context.addIssue(problem);
});

function findUrlProblem(text: string): string | undefined {
  if (!/^https?:/iu.test(text) || !URL.canParse(text))
    return 'must be a URL such as https://jamie.example.com';
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(text);
  if (protocol !== 'https:' && !LOOPBACK.has(hostname)) {
    return 'must start with https://; Slack sends people back there with a code';
  }
  const isOrigin = pathname === '/' && [search, hash, username, password].every((part) => part === '');
  return isOrigin ? undefined : 'must end after the host, as in https://jamie.example.com';
}

/** The variables of both kinds of access. Which of them are needed together, checkSlackAccess says. */
export const slackAccessVariables = {
  SLACK_BOT_TOKEN: secret(
    z.string().startsWith('xoxb-', 'must start with xoxb-').optional(),
    'Bot token (xoxb-…), from "OAuth & Permissions" of your Slack app. Needed for one workspace, unless SLACK_MODE is off.',
  ),
  SLACK_CLIENT_ID: z
    .string()
    .regex(/^[\w.-]+$/, 'must be copied from "Basic Information", for example 123456789.987654321')
    .optional()
    .describe(
      'Client ID, from "Basic Information". With it and the next three (and CLUSTER_CREDENTIALS_KEY) the app can be installed in several workspaces, at /slack/install; without SLACK_BOT_TOKEN then.',
    ),
  SLACK_CLIENT_SECRET: secret(
    z.string().min(16, 'must have at least 16 characters').optional(),
    'Client secret, from "Basic Information".',
  ),
  SLACK_STATE_SECRET: secret(
    z.string().min(32, 'must have at least 32 characters; make one with: openssl rand -hex 32').optional(),
    'At least 32 characters that sign what goes through the browser during an installation. Make one with: openssl rand -hex 32',
  ),
  SLACK_PUBLIC_URL: publicUrl
    .optional()
    .describe(
      'Where browsers reach /slack/install, for example https://jamie.example.com; SLACK_HTTP_PORT serves it.',
    ),
} as const;

type AccessValues = {
  readonly [Name in keyof typeof slackAccessVariables]?: z.output<(typeof slackAccessVariables)[Name]>;
};

const OAUTH_VARIABLES = [
  'SLACK_CLIENT_ID',
  'SLACK_CLIENT_SECRET',
  'SLACK_STATE_SECRET',
  'SLACK_PUBLIC_URL',
] as const;

const WHERE_FROM: Readonly<Record<(typeof OAUTH_VARIABLES)[number], string>> = {
  SLACK_CLIENT_ID: 'copy it from "Basic Information"',
  SLACK_CLIENT_SECRET: 'copy it from "Basic Information"',
  SLACK_STATE_SECRET: 'make one with: openssl rand -hex 32',
  SLACK_PUBLIC_URL: 'it is where browsers reach /slack/install, for example https://jamie.example.com',
};

/** Reports mixtures of the two kinds of access, and gaps in the one that was begun. */
export function checkSlackAccess(values: AccessValues, context: z.RefinementCtx): void {
  const begun = OAUTH_VARIABLES.filter((name) => values[name] !== undefined);
  const [first] = begun;
  const report = (variable: keyof AccessValues, message: string) =>
    context.addIssue({ code: 'custom', path: [variable], message });
  if (first === undefined) {
    if (values.SLACK_BOT_TOKEN !== undefined) return;
    report(
      'SLACK_BOT_TOKEN',
      `is needed for this SLACK_MODE; copy it from "OAuth & Permissions", or set ${OAUTH_VARIABLES.join(', ')} to serve several workspaces`,
    );
    return;
  }
  if (values.SLACK_BOT_TOKEN !== undefined) {
    report('SLACK_BOT_TOKEN', `is for one workspace and ${first} is for several; remove one of the two`);
  }
  for (const name of OAUTH_VARIABLES) {
    if (values[name] === undefined) report(name, `is needed with ${first}; ${WHERE_FROM[name]}`);
  }
}

/** The access that the variables give, once checkSlackAccess found nothing and a key is there for an installation. */
export function toSlackAccess(values: AccessValues, credentialsKey: Uint8Array | undefined): SlackAccess {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = values;
  const { SLACK_STATE_SECRET: stateSecret, SLACK_PUBLIC_URL: url, SLACK_BOT_TOKEN: botToken } = values;
  if (botToken !== undefined) return { kind: 'bot_token', botToken };
  if (!(clientId && clientSecret && stateSecret && url && credentialsKey)) {
    throw new OpsError('internal', 'the variables of slack access were not checked');
  }
  const publicUrl = new URL(url).origin;
  return { kind: 'oauth', clientId, clientSecret, stateSecret, publicUrl, credentialsKey };
}
