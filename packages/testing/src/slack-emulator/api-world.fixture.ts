import { LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import { FakeClock } from '../fakes/fake-clock.ts';
import {
  createSlackEmulator,
  EMULATED_SCOPES,
  type SlackEmulator,
  type SlackEmulatorOptions,
} from './slack-emulator.ts';

/** An emulated Slack on a clock that stands still, and Slack's own client for it. */
export interface ApiWorld {
  readonly slack: SlackEmulator;
  readonly clock: FakeClock;
  readonly client: WebClient;
  /** A message of a person, in which a thread may begin. */
  readonly root: string;
  clientOf(token: string): WebClient;
  end(): Promise<void>;
}

/** With every scope that a method of the API asks for. C1 is a channel, U1 a person, D1 the direct channel with them. */
export async function createApiWorld(options: Partial<SlackEmulatorOptions> = {}): Promise<ApiWorld> {
  const clock = new FakeClock();
  const slack = createSlackEmulator({
    mode: 'socket',
    clock,
    scopes: [
      ...EMULATED_SCOPES,
      'channels:join',
      'files:read',
      'reactions:read',
      'team:read',
      'users:read.email',
    ],
    ...options,
  });
  await slack.start();
  slack.workspace.addUser('U1', { name: 'ada', email: 'ada@example.com' });
  slack.workspace.addChannel('C1');
  slack.workspace.directChannel('U1');
  const root = slack.say({ user: 'U1', channel: 'C1', text: 'why?' });
  const clientOf = (token: string) => clientFor(slack, token);
  return { slack, clock, root, client: clientOf(slack.botToken), clientOf, end: () => slack.stop() };
}

/** A client that reports every failure at once. */
function clientFor(slack: SlackEmulator, token: string): WebClient {
  const options: WebClientOptions = {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
    logger: silentLogger,
  };
  return new WebClient(token, options);
}

const silentLogger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/** What Slack says no with: the word and its details. Fails when it does not say no. */
export async function refusalOf(call: Promise<unknown>): Promise<Readonly<Record<string, unknown>>> {
  try {
    await call;
  } catch (error) {
    const { data } = error as { readonly data?: Readonly<Record<string, unknown>> };
    if (data !== undefined) return data;
    throw error;
  }
  throw new Error('Slack did not refuse');
}
