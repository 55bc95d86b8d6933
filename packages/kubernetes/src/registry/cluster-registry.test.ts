import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPermitOffice, isOpsError } from '@jamie/core';
import {
  createTemporaryDirectory,
  FakeClock,
  RecordingLogger,
  type TemporaryDirectory,
} from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { kubeconfigText } from '../doubles/kubeconfig-text.ts';
import { apiStatus, json, ScriptedApiServer } from '../doubles/scripted-api-server.ts';
import { type ClusterRegistry, type ClusterRegistryOptions, createClusters } from './cluster-registry.ts';

const KEY = new Uint8Array(32).fill(7);
let directory: TemporaryDirectory;
let server: ScriptedApiServer;
let opened: ClusterRegistry[];

beforeEach(async () => {
  directory = await createTemporaryDirectory();
  server = await ScriptedApiServer.start(json({ gitVersion: 'v1.36.3' }));
  opened = [];
});

afterEach(async () => {
  for (const registry of opened) await registry.close();
  await server.stop();
  await directory.remove();
});

const file = () => join(directory.path, 'clusters.json');

async function open(options: Partial<ClusterRegistryOptions> = {}): Promise<ClusterRegistry> {
  const registry = await createClusters({
    file: file(),
    credentialsKey: KEY,
    permits: createPermitOffice(),
    clock: new FakeClock(),
    logger: new RecordingLogger(),
    ...options,
  });
  opened.push(registry);
  return registry;
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.catch((reason: unknown) => reason);
  if (!isOpsError(error)) throw new Error('expected an OpsError', { cause: error });
  return `${error.code}: ${error.userMessage}`;
}

const staging = () => ({
  name: 'eu-1',
  environment: 'staging' as const,
  kubeconfigText: kubeconfigText({ server: server.url }),
});

describe('createClusters', () => {
  it('lists contexts first, then registered clusters, then the demo, production where nothing is said', async () => {
    const path = join(directory.path, 'kubeconfig');
    await writeFile(path, kubeconfigText({ server: 'https://10.0.0.1', context: 'prod' }));
    await (await open()).register(staging());
    const registry = await open({
      kubeconfig: { paths: [path], contexts: ['prod'] },
      demo: { name: 'demo', url: server.url },
    });
    expect(registry.list()).toEqual([
      { name: 'prod', environment: 'production', server: 'https://10.0.0.1', source: 'kubeconfig' },
      { name: 'eu-1', environment: 'staging', server: server.url, source: 'registered' },
      { name: 'demo', environment: 'demo', server: server.url, source: 'demo' },
    ]);
    expect(registry.connect().info.name).toBe('prod');
    expect(registry.connect('demo')).toBe(registry.connect('demo'));
  });

  it('never takes a context that nobody named', async () => {
    const path = join(directory.path, 'kubeconfig');
    await writeFile(path, kubeconfigText({ server: server.url }));
    const registry = await open({ kubeconfig: { paths: [path], contexts: [] } });
    expect(registry.list()).toEqual([]);
    expect(await messageOf(Promise.resolve().then(() => registry.connect()))).toMatch(
      /^not_found: No cluster is connected/,
    );
  });

  it('names the known clusters when asked for another', async () => {
    const registry = await open({ demo: { name: 'demo', url: server.url } });
    const connect = Promise.resolve().then(() => registry.connect('prod'));
    expect(await messageOf(connect)).toBe('not_found: There is no cluster "prod". Known: demo.');
  });
});

describe('register', () => {
  it('reaches the cluster first, then stores it so that the next start has it', async () => {
    const registry = await open();
    expect(await registry.register(staging())).toEqual({
      name: 'eu-1',
      environment: 'staging',
      server: server.url,
      source: 'registered',
    });
    const again = await open();
    expect(await again.connect('eu-1').reader.version()).toBe('v1.36.3');
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer canary-token',
      'Bearer canary-token',
    ]);
  });

  it('stores nothing readable, for the owner alone', async () => {
    await (await open()).register(staging());
    expect(await readFile(file(), 'utf8')).not.toMatch(/canary|Bearer/);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
  });

  it('keeps the credentials of the named context only', async () => {
    const config = JSON.parse(kubeconfigText({ server: server.url })) as Record<string, { name: string }[]>;
    config['users']?.push({ name: 'other', user: { token: 'other' } } as { name: string });
    config['contexts']?.push({ name: 'other', context: { cluster: 'c', user: 'other' } } as { name: string });
    const registry = await open();
    const text = JSON.stringify(config);
    expect(await messageOf(registry.register({ ...staging(), kubeconfigText: text }))).toMatch(
      /name one of: test, other/,
    );
    await registry.register({ ...staging(), kubeconfigText: text, contextName: 'other' });
    expect(server.seen.at(-1)?.headers.authorization).toBe('Bearer other');
  });

  it('takes the given server instead of the kubeconfig’s', async () => {
    const text = kubeconfigText({ server: 'https://10.9.9.9' });
    const info = await (await open()).register({
      ...staging(),
      kubeconfigText: text,
      server: `${server.url}/`,
    });
    expect(info.server).toBe(server.url);
  });

  it.each([
    ['a bad name', { name: 'Prod EU' }, /^invalid_input: "Prod EU" cannot be a cluster's name/],
    ['plain http to elsewhere', { server: 'http://10.0.0.1' }, /^invalid_input: .*loopback only/],
    [
      'no kubeconfig',
      { kubeconfigText: 'hello' },
      /^invalid_input: The kubeconfig cannot be taken: it is not a kubeconfig/,
    ],
    ['no YAML', { kubeconfigText: '[' }, /^invalid_input: .*not YAML/],
    ['a missing context', { contextName: 'x' }, /^invalid_input: .*no context "x"; it has: test/],
    [
      'a plugin',
      { kubeconfigText: kubeconfigText({ server: 'https://a', user: { exec: { command: 'sh' } } }) },
      /^invalid_input: .*"exec"/,
    ],
    [
      'a file path',
      { kubeconfigText: kubeconfigText({ server: 'https://a', user: { 'client-key': '/etc/shadow' } }) },
      /^invalid_input: .*"client-key"/,
    ],
    [
      'a proxy',
      { kubeconfigText: kubeconfigText({ server: 'https://a', cluster: { 'proxy-url': 'http://p' } }) },
      /^invalid_input: .*"proxy-url"/,
    ],
  ])('refuses %s before any request', async (_what, change, why) => {
    expect(await messageOf((await open()).register({ ...staging(), ...change }))).toMatch(why);
    expect(server.seen).toHaveLength(0);
  });

  it('refuses a name that is taken', async () => {
    const registry = await open({ demo: { name: 'eu-1', url: server.url } });
    expect(await messageOf(registry.register(staging()))).toMatch(
      /^conflict: There is a cluster "eu-1" already/,
    );
  });

  it('refuses without a key and says how to make one', async () => {
    const registry = await createClusters({
      file: file(),
      permits: createPermitOffice(),
      clock: new FakeClock(),
      logger: new RecordingLogger(),
    });
    expect(await messageOf(registry.register(staging()))).toMatch(
      /^config_invalid: .*openssl rand -base64 32/,
    );
  });

  it('does not store a cluster that refuses the credentials or is not there', async () => {
    const registry = await open();
    server.answerWith(apiStatus(401, 'Unauthorized', 'Unauthorized'));
    expect(await messageOf(registry.register(staging()))).toMatch(/^forbidden: "eu-1" was not added/);
    const { url } = server;
    const registration = { ...staging(), server: url };
    await server.stop();
    expect(await messageOf(registry.register(registration))).toMatch(
      /^unavailable: "eu-1" was not added.*nothing listens/,
    );
    expect(registry.list()).toEqual([]);
    server = await ScriptedApiServer.start(json({}));
  });

  it('keeps all of several clusters that are added at once', async () => {
    const registry = await open();
    const names = ['a', 'b', 'c', 'd'];
    await Promise.all(names.map((name) => registry.register({ ...staging(), name })));
    expect((await open()).list().map(({ name }) => name)).toEqual(names);
  });
});

describe('stored credentials', () => {
  async function change(edit: (cluster: Record<string, unknown>) => void): Promise<void> {
    const content = JSON.parse(await readFile(file(), 'utf8')) as { clusters: Record<string, unknown>[] };
    for (const cluster of content.clusters) edit(cluster);
    await writeFile(file(), JSON.stringify(content));
  }

  it('are not opened with another key', async () => {
    await (await open()).register(staging());
    const registry = await open({ credentialsKey: new Uint8Array(32).fill(8) });
    expect(await messageOf(registry.connect('eu-1').reader.version())).toMatch(
      /^config_invalid: .*another key/,
    );
  });

  it.each([
    [
      'the server',
      (cluster: Record<string, unknown>) => Object.assign(cluster, { server: 'https://evil.example' }),
    ],
    [
      'the environment',
      (cluster: Record<string, unknown>) => Object.assign(cluster, { environment: 'development' }),
    ],
    [
      'the ciphertext',
      (cluster: Record<string, unknown>) =>
        Object.assign(cluster['credentials'] as object, { ciphertext: 'AAAA' }),
    ],
    [
      'the tag',
      (cluster: Record<string, unknown>) => Object.assign(cluster['credentials'] as object, { tag: 'AAAA' }),
    ],
  ])('are not used once somebody has changed %s', async (_what, edit) => {
    await (await open()).register(staging());
    await change(edit);
    const seen = server.seen.length;
    const registry = await open();
    expect(await messageOf(registry.connect('eu-1').reader.version())).toMatch(
      /^config_invalid: .*have been changed/,
    );
    expect(server.seen).toHaveLength(seen);
  });

  it('say so when the file itself is broken', async () => {
    await writeFile(file(), '{"version":1,"clusters":[{');
    expect(await messageOf(open())).toMatch(/^config_invalid: .*clusters.json cannot be used/);
  });
});

describe('remove', () => {
  it('forgets a registered cluster for good', async () => {
    const registry = await open();
    await registry.register(staging());
    await registry.remove('eu-1');
    expect(registry.list()).toEqual([]);
    expect((await open()).list()).toEqual([]);
  });

  it('says where a cluster is configured that it cannot remove', async () => {
    const registry = await open({ demo: { name: 'demo', url: server.url } });
    expect(await messageOf(registry.remove('demo'))).toMatch(/^invalid_input: .*DEMO_CLUSTER/);
    expect(await messageOf(registry.remove('nope'))).toMatch(/^not_found: .*Known: demo/);
  });
});
