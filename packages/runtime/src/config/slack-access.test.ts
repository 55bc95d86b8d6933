import { isOpsError } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { listSecretValues, loadConfig } from './load-config.ts';
import type { Environment } from './variable.ts';

const KEY = Buffer.alloc(32, 7).toString('base64');
const MODES = {
  socket: { SLACK_MODE: 'socket', SLACK_APP_TOKEN: 'xapp-1' },
  http: { SLACK_MODE: 'http', SLACK_SIGNING_SECRET: '0123456789abcdef' },
} as const;
const OAUTH = {
  SLACK_CLIENT_ID: '1234.5678',
  SLACK_CLIENT_SECRET: 'client-secret-0123456789',
  SLACK_STATE_SECRET: 'state-secret-0123456789-0123456789',
  SLACK_PUBLIC_URL: 'https://jamie.example.com',
  CLUSTER_CREDENTIALS_KEY: KEY,
};

function problemsOf(environment: Environment): readonly { variable: string; problem: string }[] {
  try {
    loadConfig(environment);
  } catch (error) {
    if (!isOpsError(error, 'config_invalid')) throw error;
    return error.details['problems'] as { variable: string; problem: string }[];
  }
  return [];
}

describe.each(['socket', 'http'] as const)('access to Slack over %s', (mode) => {
  const common = MODES[mode];

  it('is to one workspace with a bot token', () => {
    const { slack } = loadConfig({ ...common, SLACK_BOT_TOKEN: 'xoxb-1' });
    expect(slack).toMatchObject({ mode, access: { kind: 'bot_token', botToken: 'xoxb-1' } });
  });

  it('is to every workspace that installs the app, with what OAuth needs', () => {
    const config = loadConfig({ ...common, ...OAUTH, SLACK_HTTP_PORT: '4000' });
    expect(config.slack).toMatchObject({
      mode,
      port: 4000,
      access: {
        kind: 'oauth',
        clientId: '1234.5678',
        clientSecret: OAUTH.SLACK_CLIENT_SECRET,
        stateSecret: OAUTH.SLACK_STATE_SECRET,
        publicUrl: 'https://jamie.example.com',
        credentialsKey: new Uint8Array(Buffer.from(KEY, 'base64')),
      },
    });
    expect(listSecretValues(config)).toEqual(
      expect.arrayContaining([OAUTH.SLACK_CLIENT_SECRET, OAUTH.SLACK_STATE_SECRET, KEY]),
    );
  });

  it.each(Object.keys(OAUTH))('names %s when it alone is missing', (name) => {
    const problems = problemsOf({ ...common, ...OAUTH, [name]: '' });
    expect(problems).toEqual([
      { variable: name, problem: expect.stringMatching(/^is needed with SLACK_C/u) },
    ]);
  });

  it('refuses a mixture of both and says which to remove', () => {
    expect(problemsOf({ ...common, ...OAUTH, SLACK_BOT_TOKEN: 'xoxb-1' })).toEqual([
      { variable: 'SLACK_BOT_TOKEN', problem: expect.stringContaining('remove one of the two') },
    ]);
  });

  it('says both ways when there is neither', () => {
    expect(problemsOf(common)).toEqual([
      {
        variable: 'SLACK_BOT_TOKEN',
        problem: expect.stringMatching(/OAuth & Permissions.+SLACK_CLIENT_ID.+several workspaces/u),
      },
    ]);
  });

  it('tells gaps beside values that are wrong by themselves', () => {
    const problems = problemsOf({ ...common, SLACK_CLIENT_ID: '1.2', SLACK_STATE_SECRET: 'short' });
    expect(problems.map(({ variable }) => variable)).toEqual([
      'SLACK_STATE_SECRET',
      'SLACK_CLIENT_SECRET',
      'SLACK_PUBLIC_URL',
    ]);
  });

  it.each([
    ['http://jamie.example.com', 'https://'],
    ['https://jamie.example.com/app', 'after the host'],
    ['https://user@jamie.example.com', 'after the host'],
    ['https://jamie.example.com/?to=x', 'after the host'],
    ['javascript:alert(1)', 'must be a URL'],
    ['https://', 'must be a URL'],
  ])('refuses %s as the public address', (url, expected) => {
    expect(problemsOf({ ...common, ...OAUTH, SLACK_PUBLIC_URL: url })).toEqual([
      { variable: 'SLACK_PUBLIC_URL', problem: expect.stringContaining(expected) },
    ]);
  });

  it('takes plain http on this machine, for trying it out', () => {
    const { slack } = loadConfig({ ...common, ...OAUTH, SLACK_PUBLIC_URL: 'http://127.0.0.1:3000/' });
    expect(slack).toMatchObject({ access: { publicUrl: 'http://127.0.0.1:3000' } });
  });
});
