import { mkdtempSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOpsError } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { listSecretValues, loadConfig } from './load-config.ts';
import type { Environment } from './variable.ts';

function problemsOf(environment: Environment): readonly { variable: string; problem: string }[] {
  try {
    loadConfig(environment);
  } catch (error) {
    if (!isOpsError(error, 'config_invalid')) throw error;
    return error.details['problems'] as { variable: string; problem: string }[];
  }
  return [];
}

function secretFile(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'jamie-config-')), 'secret');
  writeFileSync(path, text);
  return path;
}

const KEY = Buffer.alloc(32, 7);

describe('loadConfig', () => {
  it('gives a working configuration from an empty environment', () => {
    expect(loadConfig({})).toEqual({
      dataDir: join(homedir(), '.local/share/jamie-scarlet'),
      api: { host: '127.0.0.1', port: 8000, allowedHosts: [] },
      logging: { level: 'info', format: 'pretty' },
      clusters: {
        kubeContexts: [],
        kubeconfigPaths: [join(homedir(), '.kube/config')],
        environments: {},
        demoCluster: 'auto',
      },
      persona: 'light',
      replicas: 'one',
      slack: { mode: 'off' },
      operations: {
        executionLeaseMs: 30_000,
        verifyReadyMs: 15_000,
        verifyTimeoutMs: 600_000,
        giveUpAfterMs: 1_800_000,
        watchScale: 1,
      },
      jobs: { leaseMs: 30_000, concurrency: 4 },
      audit: {},
    });
  });

  it('reads how the audit is proven and kept', () => {
    const environment = {
      SIGNING_KEY_FILE: '/keys/jamie.pem',
      AUDIT_HEAD_FILE: '/elsewhere/heads.jsonl',
      AUDIT_RETENTION_DAYS: '365',
    };
    expect(loadConfig(environment).audit).toEqual({
      signingKeyFile: '/keys/jamie.pem',
      headFile: '/elsewhere/heads.jsonl',
      retentionDays: 365,
    });
    expect(problemsOf({ AUDIT_RETENTION_DAYS: '0' })).toEqual([
      expect.objectContaining({ variable: 'AUDIT_RETENTION_DAYS' }),
    ]);
  });

  it('treats an empty or blank variable as absent', () => {
    expect(loadConfig({ JAMIE_PORT: '', SLACK_MODE: ' ', LOG_LEVEL: '  ' })).toEqual(loadConfig({}));
  });

  it('reports every problem of every concern at once, each with what to do', () => {
    const problems = problemsOf({
      JAMIE_PORT: '80000',
      LOG_FORMAT: 'xml',
      CLUSTER_ENVIRONMENTS: 'a=prod',
      CLUSTER_CREDENTIALS_KEY: 'short',
      SLACK_MODE: 'socket',
      WATCH_SCALE: '-1',
      JAMIE_TOKEN: 'short',
    });
    expect(problems).toEqual([
      { variable: 'JAMIE_PORT', problem: 'must be a whole number from 0 to 65535' },
      { variable: 'JAMIE_TOKEN', problem: expect.stringContaining('16 to 256') },
      { variable: 'LOG_FORMAT', problem: 'must be one of pretty, json' },
      {
        variable: 'CLUSTER_ENVIRONMENTS',
        problem: '"a=prod" must be a cluster name, = and production, staging or development',
      },
      { variable: 'CLUSTER_CREDENTIALS_KEY', problem: expect.stringContaining('openssl rand -base64 32') },
      { variable: 'SLACK_APP_TOKEN', problem: expect.stringContaining('App-Level Tokens') },
      { variable: 'SLACK_BOT_TOKEN', problem: expect.stringContaining('OAuth & Permissions') },
      { variable: 'WATCH_SCALE', problem: expect.stringContaining('0 to 100') },
    ]);
  });

  it('says in the message for people what each variable lacks', () => {
    const load = () => loadConfig({ SLACK_MODE: 'sockets' });
    expect(load).toThrow(
      expect.objectContaining({
        userMessage: expect.stringContaining('SLACK_MODE: must be one of off, socket, http'),
      }),
    );
  });

  it('never quotes a secret in a problem', () => {
    const problems = problemsOf({
      SLACK_MODE: 'socket',
      SLACK_BOT_TOKEN: 'hunter2-hunter2',
      SLACK_APP_TOKEN: 'x',
    });
    expect(problems).toHaveLength(2);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  it.each(['0', '65535'])('accepts port %s', (port) => {
    expect(loadConfig({ JAMIE_PORT: port }).api.port).toBe(Number(port));
  });

  it.each(['65536', '-1', '1e3', '0x10', '80 80', '8000.5'])('refuses port %s', (port) => {
    expect(problemsOf({ JAMIE_PORT: port })).toHaveLength(1);
  });

  it('reads a secret from the file that its _FILE variable names, without the last line break', () => {
    const config = loadConfig({ JAMIE_TOKEN_FILE: secretFile('a-token-of-the-file\n') });
    expect(config.api.token).toBe('a-token-of-the-file');
  });

  it('refuses a secret that is given twice, a file that is missing and a file that is empty', () => {
    const problems = problemsOf({
      JAMIE_TOKEN: 'a-token-of-the-variable',
      JAMIE_TOKEN_FILE: secretFile('a-token-of-the-file'),
      CLUSTER_CREDENTIALS_KEY_FILE: '/nowhere/at/all',
      SLACK_MODE: 'http',
      SLACK_BOT_TOKEN_FILE: secretFile('\n'),
      SLACK_SIGNING_SECRET: '0123456789abcdef',
    });
    expect(problems).toEqual([
      { variable: 'JAMIE_TOKEN_FILE', problem: 'is set as well as JAMIE_TOKEN; remove one of the two' },
      {
        variable: 'CLUSTER_CREDENTIALS_KEY_FILE',
        problem: expect.stringContaining('cannot be read (ENOENT)'),
      },
      { variable: 'SLACK_BOT_TOKEN_FILE', problem: expect.stringContaining('is empty') },
    ]);
  });

  it('carries exactly what each Slack mode needs', () => {
    const common = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_API_URL: 'http://127.0.0.1:9/api/' };
    expect(loadConfig({ ...common, SLACK_MODE: 'socket', SLACK_APP_TOKEN: 'xapp-1' }).slack).toEqual({
      mode: 'socket',
      access: { kind: 'bot_token', botToken: 'xoxb-1' },
      appToken: 'xapp-1',
      port: 3000,
      apiUrl: 'http://127.0.0.1:9/api/',
    });
    expect(
      loadConfig({ ...common, SLACK_MODE: 'http', SLACK_SIGNING_SECRET: '0123456789abcdef' }).slack,
    ).toEqual({
      mode: 'http',
      access: { kind: 'bot_token', botToken: 'xoxb-1' },
      signingSecret: '0123456789abcdef',
      port: 3000,
      apiUrl: 'http://127.0.0.1:9/api/',
    });
  });

  it.each([KEY.toString('hex'), KEY.toString('base64'), KEY.toString('base64url')])(
    'reads the same 32 byte key however it is written: %s',
    (text) => {
      const { credentialsKey } = loadConfig({ CLUSTER_CREDENTIALS_KEY: text }).clusters;
      expect(Buffer.from(credentialsKey ?? [])).toEqual(KEY);
    },
  );

  it('reads clusters and their environments', () => {
    const { clusters } = loadConfig({
      CLUSTERS: 'prod-eu, staging',
      CLUSTER_ENVIRONMENTS: 'prod-eu=production,staging=staging',
      KUBECONFIG: '/a:/b',
    });
    expect(clusters).toMatchObject({
      kubeContexts: ['prod-eu', 'staging'],
      environments: { 'prod-eu': 'production', staging: 'staging' },
      kubeconfigPaths: ['/a', '/b'],
    });
  });

  it('refuses a context or an environment that is named twice', () => {
    expect(problemsOf({ CLUSTERS: 'a,a', CLUSTER_ENVIRONMENTS: 'b=staging,b=production' })).toEqual([
      { variable: 'CLUSTERS', problem: 'names a context twice' },
      { variable: 'CLUSTER_ENVIRONMENTS', problem: 'names the cluster "b" twice' },
    ]);
  });

  it('is frozen all the way down', () => {
    const config = loadConfig({ CLUSTERS: 'a' });
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.api)).toBe(true);
    expect(Object.isFrozen(config.clusters.kubeContexts)).toBe(true);
  });
});

describe('listSecretValues', () => {
  it('names every secret of the configuration', () => {
    const config = loadConfig({
      JAMIE_TOKEN: 'a-token-of-the-variable',
      CLUSTER_CREDENTIALS_KEY: KEY.toString('hex'),
      SLACK_MODE: 'http',
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: '0123456789abcdef',
    });
    expect([...listSecretValues(config)].sort()).toEqual(
      [
        'a-token-of-the-variable',
        KEY.toString('hex'),
        KEY.toString('base64'),
        'xoxb-1',
        '0123456789abcdef',
      ].sort(),
    );
    expect(listSecretValues(loadConfig({}))).toEqual([]);
  });
});
