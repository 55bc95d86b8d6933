import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDemoCluster, type DemoCluster, type DemoClusterAccess } from '../index.ts';
import { parseQuantity } from '../quantity.ts';
import { createHttpClient, type HttpClient } from '../testing/http-client.ts';
import { WALL_CLOCK } from '../testing/wall-clock.ts';

const ROOT = '/apis/metrics.k8s.io/v1beta1';

interface Sample {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly timestamp: string;
  readonly window: string;
  readonly usage?: Readonly<Record<string, string>>;
  readonly containers?: readonly {
    readonly name: string;
    readonly usage: Readonly<Record<string, string>>;
  }[];
}

interface Pod {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: { readonly nodeName?: string };
  readonly status: {
    readonly containerStatuses?: readonly {
      readonly name: string;
      readonly state: { readonly running?: object };
    }[];
  };
}

let cluster: DemoCluster;
let access: DemoClusterAccess;
let client: HttpClient;

beforeAll(async () => {
  cluster = createDemoCluster({
    clock: WALL_CLOCK,
    roles: [
      {
        name: 'shop-usage',
        rules: [{ verbs: ['list'], groups: ['metrics.k8s.io'], resources: ['pods'], namespaces: ['shop'] }],
        users: ['sam'],
      },
    ],
  });
  access = await cluster.start();
  client = createHttpClient(access);
});
afterAll(() => cluster.stop());

async function samples(path: string): Promise<readonly Sample[]> {
  return (await client.call(`${ROOT}${path}`)).body['items'] as readonly Sample[];
}

describe('metrics.k8s.io', () => {
  it('is discovered', async () => {
    const { body } = await client.call(ROOT);
    expect(body).toMatchObject({
      groupVersion: 'metrics.k8s.io/v1beta1',
      resources: [
        { name: 'nodes', kind: 'NodeMetrics', namespaced: false, verbs: ['get', 'list'] },
        { name: 'pods', kind: 'PodMetrics', namespaced: true, verbs: ['get', 'list'] },
      ],
    });
    const groups = (await client.call('/apis')).body['groups'] as readonly { readonly name: string }[];
    expect(groups.map(({ name }) => name)).toContain('metrics.k8s.io');
  });

  it('has a sample of every running container, and of none that waits', async () => {
    const pods = (await client.call('/api/v1/pods')).body['items'] as readonly Pod[];
    const running = pods.flatMap(({ metadata, status }) =>
      (status.containerStatuses ?? [])
        .filter(({ state }) => state.running !== undefined)
        .map(({ name }) => `${metadata.namespace}/${metadata.name}/${name}`),
    );
    const measured = (await samples('/pods')).flatMap(({ metadata, containers = [] }) =>
      containers.map(({ name }) => `${metadata.namespace}/${metadata.name}/${name}`),
    );
    expect(measured.sort()).toEqual(running.sort());
    expect(running.length).toBeLessThan(pods.length);
  });

  it('measures a node as its pods and its own programs', async () => {
    const pods = (await client.call('/api/v1/pods')).body['items'] as readonly Pod[];
    const nodeOf = new Map(
      pods.map(({ metadata, spec }) => [`${metadata.namespace}/${metadata.name}`, spec.nodeName]),
    );
    const ofPods = await samples('/pods');
    for (const node of await samples('/nodes')) {
      const sum = ofPods
        .filter(({ metadata }) => nodeOf.get(`${metadata.namespace}/${metadata.name}`) === node.metadata.name)
        .flatMap(({ containers = [] }) => containers)
        .reduce((total, { usage }) => total + parseQuantity(usage['memory'] ?? ''), 0);
      const own = parseQuantity(node.usage?.['memory'] ?? '') - sum;
      expect(own).toBeGreaterThan(500 * 1024 ** 2);
      expect(own).toBeLessThan(1200 * 1024 ** 2);
    }
  });

  it('selects, and reads one', async () => {
    const api = await samples('/namespaces/payments/pods?labelSelector=app%3Dapi');
    expect(api).toHaveLength(3);
    const [first] = api;
    const one = await client.call(`${ROOT}/namespaces/payments/pods/${first?.metadata.name}`);
    expect(one).toMatchObject({
      code: 200,
      body: { kind: 'PodMetrics', metadata: { name: first?.metadata.name } },
    });
    const absent = await client.call(`${ROOT}/namespaces/payments/pods/nobody`);
    expect([absent.code, absent.body['message']]).toEqual([
      404,
      'pods.metrics.k8s.io "payments/nobody" not found',
    ]);
  });

  it('is for those who may, and for reading only', async () => {
    const asSam = { token: access.jamieToken, as: 'sam' };
    expect((await client.call(`${ROOT}/namespaces/shop/pods`, asSam)).code).toBe(200);
    for (const path of ['/pods', '/nodes', '/namespaces/payments/pods']) {
      expect((await client.call(`${ROOT}${path}`, asSam)).code).toBe(403);
    }
    expect((await client.call(`${ROOT}/pods?watch=true`)).code).toBe(405);
    expect((await client.call(`${ROOT}/namespaces/shop/pods/x`, { method: 'DELETE' })).code).toBe(405);
    expect((await client.call(`${ROOT}/services`)).code).toBe(404);
    expect((await client.call(`${ROOT}/pods?labelSelector=!!`)).code).toBe(400);
  });
});
