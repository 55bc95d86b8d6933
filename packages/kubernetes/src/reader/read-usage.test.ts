import { createPermitOffice, isOpsError, type OpsError } from '@jamie/core';
import { systemClock } from '@jamie/runtime';
import { RecordingLogger } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { plainAccess } from '../access/plain-access.ts';
import { type ClusterClient, createClusterClient } from '../cluster-client.ts';
import { apiStatus, json, ScriptedApiServer } from '../doubles/scripted-api-server.ts';

const TIME = '2026-03-14T09:30:00Z';
const POD = {
  metadata: { name: 'web-1', namespace: 'shop' },
  timestamp: TIME,
  window: '19.4s',
  containers: [
    { name: 'web', usage: { cpu: '2473491n', memory: '64Mi' } },
    { name: 'proxy', usage: { cpu: '120u', memory: '1000Ki' } },
  ],
};
const NODE = {
  metadata: { name: 'worker-1' },
  timestamp: TIME,
  window: '1m0s',
  usage: { cpu: '1500m', memory: '2Gi' },
};

let server: ScriptedApiServer;
let client: ClusterClient;

beforeEach(async () => {
  server = await ScriptedApiServer.start(json({ kind: 'PodMetricsList', metadata: {}, items: [POD] }));
  client = createClusterClient({
    cluster: 'test',
    access: plainAccess({ url: server.url, token: 'service-token' }),
    permits: createPermitOffice(),
    clock: systemClock,
    logger: new RecordingLogger(),
    readsAsItself: 'anything',
  });
});

afterEach(async () => {
  await client.close();
  await server.stop();
});

async function failure(promise: Promise<unknown>): Promise<OpsError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isOpsError(error)) throw new Error('expected an OpsError', { cause: error });
  return error;
}

describe('readUsage', () => {
  it('reads pods by container, summed up, as the person', async () => {
    expect(await client.reader.readUsage('pods', 'shop', { user: 'alice', groups: [] })).toEqual([
      {
        namespace: 'shop',
        name: 'web-1',
        cpuMillicores: 4,
        memoryBytes: 64 * 1024 ** 2 + 1000 * 1024,
        measuredAt: Date.parse(TIME),
        windowMs: 19_400,
        containers: [
          { name: 'web', cpuMillicores: 3, memoryBytes: 64 * 1024 ** 2 },
          { name: 'proxy', cpuMillicores: 1, memoryBytes: 1000 * 1024 },
        ],
      },
    ]);
    expect(server.seen[0]?.target).toBe('/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods');
    expect(server.seen[0]?.headers['impersonate-user']).toBe('alice');
  });

  it('reads nodes', async () => {
    server.answerWith(json({ items: [NODE] }));
    expect(await client.reader.readUsage('nodes')).toEqual([
      {
        namespace: '',
        name: 'worker-1',
        cpuMillicores: 1500,
        memoryBytes: 2 * 1024 ** 3,
        measuredAt: Date.parse(TIME),
        windowMs: 60_000,
        containers: [],
      },
    ]);
    expect(server.seen[0]?.target).toBe('/apis/metrics.k8s.io/v1beta1/nodes');
  });

  it('says that metrics-server is not installed and what to do, and does not call it worth repeating', async () => {
    server.answerWith((_request, response) => response.writeHead(404).end('404 page not found\n'));
    const absent = await failure(client.reader.readUsage('pods'));
    expect([absent.code, absent.retryable]).toEqual(['unavailable', false]);
    expect(absent.userMessage).toMatch(/metrics-server is not installed.*Install it from/);
    server.answerWith(
      apiStatus(503, 'ServiceUnavailable', 'the server is currently unable', { 'retry-after': '0' }),
    );
    const away = await failure(client.reader.readUsage('nodes'));
    expect([away.code, away.retryable]).toEqual(['unavailable', false]);
    expect(away.userMessage).toMatch(
      /metrics-server is not installed or not running.*kubectl get apiservice/,
    );
    expect(server.seen).toHaveLength(1 + 2);
  });

  it('leaves every other refusal as it is', async () => {
    server.answerWith(apiStatus(403, 'Forbidden', 'alice cannot list pods.metrics.k8s.io'));
    expect((await failure(client.reader.readUsage('pods'))).code).toBe('forbidden');
    server.answerWith(apiStatus(500, 'InternalError', 'no'));
    expect((await failure(client.reader.readUsage('pods'))).retryable).toBe(true);
  });

  it('refuses a namespace that cannot be one, before any request', async () => {
    expect((await failure(client.reader.readUsage('pods', '../x'))).code).toBe('invalid_input');
    expect(server.seen).toHaveLength(0);
  });

  it.each([
    ['nothing readable', '<html>'],
    ['no list', '[]'],
    ['items that are none', '{"items":{}}'],
    ['an item without a name', '{"items":[{"metadata":{},"timestamp":"2026-03-14T09:30:00Z"}]}'],
    ['no time', JSON.stringify({ items: [{ ...NODE, timestamp: 'soon' }] })],
    ['no quantity', JSON.stringify({ items: [{ ...NODE, usage: { cpu: 'much', memory: '1Gi' } }] })],
    ['no usage', JSON.stringify({ items: [{ ...NODE, usage: undefined }] })],
  ])('answers unavailable to %s', async (_what, body) => {
    server.answerWith((_request, response) => response.end(body));
    expect((await failure(client.reader.readUsage('nodes'))).code).toBe('unavailable');
  });
});
