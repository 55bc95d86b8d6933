import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isOpsError } from '@jamie/core';
import { createTemporaryDirectory, FakeClock, type TemporaryDirectory } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { kubeconfigText } from '../doubles/kubeconfig-text.ts';
import { kubeconfigAccess } from './kubeconfig-access.ts';

const SERVER = 'https://127.0.0.1:6443';
let directory: TemporaryDirectory;
const clock = new FakeClock();

beforeEach(async () => {
  directory = await createTemporaryDirectory();
});

afterEach(() => directory.remove());

async function fileWith(name: string, text: string): Promise<string> {
  const path = join(directory.path, name);
  await writeFile(path, text);
  return path;
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.catch((reason: unknown) => reason);
  if (!isOpsError(error)) throw new Error('expected an OpsError', { cause: error });
  return `${error.code}: ${error.userMessage}`;
}

describe('kubeconfigAccess', () => {
  it('takes server and token of the context that was named, from the first file that has it', async () => {
    const paths = [
      join(directory.path, 'absent'),
      await fileWith('a', kubeconfigText({ server: 'https://other:1', context: 'other' })),
      await fileWith('b', kubeconfigText({ server: `${SERVER}/` })),
    ];
    const access = await kubeconfigAccess({ source: { paths }, context: 'test', clock });
    expect(access.server).toBe(SERVER);
    expect((await access.credentials()).authorization).toBe('Bearer canary-token');
  });

  it('takes client certificates and the certificate authority', async () => {
    const data = (text: string) => Buffer.from(text).toString('base64');
    const text = kubeconfigText({
      server: SERVER,
      cluster: { 'certificate-authority-data': data('CA'), 'tls-server-name': 'kubernetes' },
      user: { 'client-certificate-data': data('CERT'), 'client-key-data': data('KEY') },
    });
    const access = await kubeconfigAccess({ source: { text }, context: 'test', clock });
    expect(await access.credentials()).toEqual({
      tls: { ca: 'CA', cert: 'CERT', key: 'KEY', servername: 'kubernetes' },
    });
  });

  it('runs a credential plugin, keeps what it printed, and asks again after a refusal', async () => {
    const credential = {
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: 'from-plugin' },
    };
    const plugin = await fileWith('plugin.mjs', `console.log(${JSON.stringify(JSON.stringify(credential))})`);
    const user = {
      exec: {
        apiVersion: credential.apiVersion,
        command: process.execPath,
        args: [plugin],
        interactiveMode: 'Never',
      },
    };
    const text = kubeconfigText({ server: SERVER, user });
    const access = await kubeconfigAccess({ source: { text }, context: 'test', clock });
    const first = await access.credentials();
    expect(first.authorization).toBe('Bearer from-plugin');
    expect(await access.credentials()).toBe(first);
    access.refused();
    expect(await access.credentials()).not.toBe(first);
  });

  it('says that a credential plugin failed without showing what it printed', async () => {
    const plugin = await fileWith('plugin.mjs', `console.error('canary-secret'); process.exit(1)`);
    const user = {
      exec: { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: [plugin] },
    };
    const access = await kubeconfigAccess({
      source: { text: kubeconfigText({ server: SERVER, user }) },
      context: 'test',
      clock,
    });
    const message = await messageOf(access.credentials());
    expect(message).toMatch(/^unavailable: .*plugin failed/);
    expect(message).not.toContain('canary');
  });

  it.each([
    ['a context that nobody has', { context: 'prod' }, /no such context. There are: test/],
    [
      'plain http to elsewhere',
      { text: kubeconfigText({ server: 'http://10.0.0.1' }) },
      /plain http is allowed on loopback only/,
    ],
    [
      'a user that acts as somebody else',
      { text: kubeconfigText({ server: SERVER, user: { token: 't', as: 'admin' } }) },
      /acts as somebody else/,
    ],
    [
      'a proxy',
      { text: kubeconfigText({ server: SERVER, cluster: { 'proxy-url': 'http://p' } }) },
      /proxy-url/,
    ],
    ['no kubeconfig at all', { text: '[' }, /cannot be read as a kubeconfig/],
  ])(
    'refuses %s and says why',
    async (_what, {
      text = kubeconfigText({ server: SERVER }),
      context = 'test',
    }: { text?: string; context?: string }, why) => {
      expect(await messageOf(kubeconfigAccess({ source: { text }, context, clock }))).toMatch(why);
    },
  );

  it('says when there is no file', async () => {
    const paths = [join(directory.path, 'absent')];
    expect(await messageOf(kubeconfigAccess({ source: { paths }, context: 'test', clock }))).toMatch(
      /does not exist/,
    );
  });
});
