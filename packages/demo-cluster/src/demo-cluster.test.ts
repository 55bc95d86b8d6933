import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDemoCluster, type DemoCluster, type DemoClusterAccess } from './index.ts';
import { WALL_CLOCK } from './testing/wall-clock.ts';

let cluster: DemoCluster;
let access: DemoClusterAccess;

beforeAll(async () => {
  cluster = createDemoCluster({ clock: WALL_CLOCK, timeScale: 50 });
  access = await cluster.start();
});

afterAll(async () => {
  await cluster.stop();
});

interface CallOptions {
  readonly method?: string;
  readonly body?: unknown;
  readonly type?: string;
  readonly token?: string | undefined;
  readonly as?: string;
  readonly asGroup?: string;
}

async function call(
  path: string,
  options: CallOptions = {},
): Promise<{ code: number; body: Record<string, unknown> }> {
  const response = await send(path, options);
  return { code: response.status, body: (await response.json()) as Record<string, unknown> };
}

function send(path: string, options: CallOptions): Promise<Response> {
  const token = 'token' in options ? options.token : access.adminToken;
  return fetch(`${access.url}${path}`, {
    method: options.method ?? 'GET',
    headers: {
      'content-type': options.type ?? 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(options.as === undefined ? {} : { 'impersonate-user': options.as }),
      ...(options.asGroup === undefined ? {} : { 'impersonate-group': options.asGroup }),
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
}

const JSON_PATCH = 'application/json-patch+json';
const STOREFRONT = '/apis/apps/v1/namespaces/shop/deployments/storefront';

interface Line {
  readonly type: string;
  readonly object: {
    readonly metadata: { readonly name: string; readonly resourceVersion: string };
    readonly code?: number;
  };
}

async function watchLines(path: string): Promise<readonly Line[]> {
  const text = await (await send(path, {})).text();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

describe('createDemoCluster', () => {
  it('lists in pages that show one moment, and answers 410 for a forgotten token', async () => {
    const first = await call('/api/v1/pods?limit=10');
    const token = String((first.body['metadata'] as Record<string, unknown>)['continue']);
    const second = await call(`/api/v1/pods?limit=10&continue=${token}`);
    expect([first.code, second.code]).toEqual([200, 200]);
    expect(second.body['items']).toHaveLength(10);
    cluster.controls.expireHistory();
    const late = await call(`/api/v1/pods?limit=10&continue=${token}`);
    expect(late).toMatchObject({ code: 410, body: { reason: 'Expired', code: 410 } });
  });

  it('selects by labels and fields', async () => {
    const byLabel = await call('/api/v1/pods?labelSelector=app+in+(api,ledger),team!=shop');
    expect((byLabel.body['items'] as readonly unknown[]).length).toBe(6);
    const byField = await call('/api/v1/pods?fieldSelector=status.phase=Pending,metadata.namespace=data');
    expect((byField.body['items'] as readonly unknown[]).length).toBe(1);
    expect(await call('/api/v1/pods?fieldSelector=foo%3Db')).toMatchObject({
      code: 400,
      body: { message: 'field label not supported: foo' },
    });
  });

  it('refuses in the words of the API server', async () => {
    const unknown = await call('/apis/apps/v1/namespaces/shop/deployments/nope');
    expect(unknown.body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'deployments.apps "nope" not found',
      reason: 'NotFound',
      details: { name: 'nope', group: 'apps', kind: 'deployments' },
      code: 404,
    });
    expect(await call('/api/v1/pods', { token: 'wrong' })).toMatchObject({ code: 401 });
    const anonymous = await call('/api/v1/pods', { token: undefined });
    expect(anonymous.body['message']).toBe(
      'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" at the cluster scope',
    );
    expect(await call('/api/v1/namespaces/shop/secrets')).toMatchObject({ code: 501 });
  });

  it('lets jamie read and impersonate, and nothing else', async () => {
    const token = access.jamieToken;
    expect((await call(STOREFRONT, { token })).code).toBe(200);
    const patch = {
      method: 'PATCH',
      type: JSON_PATCH,
      body: [{ op: 'replace', path: '/spec/replicas', value: 4 }],
      token,
    };
    expect(await call(STOREFRONT, patch)).toMatchObject({ code: 403, body: { reason: 'Forbidden' } });
    const asOperator = { ...patch, as: 'ada', asGroup: 'jamie-operators' };
    expect((await call(`${STOREFRONT}?dryRun=All`, asOperator)).code).toBe(200);
    expect((await call(STOREFRONT, { token, as: 'ada', asGroup: 'system:masters' })).code).toBe(403);
    const audited = cluster.controls.requests().filter(({ impersonatedUser }) => impersonatedUser === 'ada');
    expect(audited[0]).toMatchObject({ user: 'jamie', verb: 'patch', isDryRun: true, code: 200 });
  });

  it('answers 409 for a stale resourceVersion and 422 for a failed test, and stores nothing on dry run', async () => {
    const before = await call(STOREFRONT);
    const version = (before.body['metadata'] as Record<string, string>)['resourceVersion'];
    const patch = (body: unknown, query = '', path = STOREFRONT) =>
      call(`${path}${query}`, { method: 'PATCH', type: JSON_PATCH, body });
    const replicas = { op: 'replace', path: '/spec/replicas', value: 6 };
    const stale = { op: 'replace', path: '/metadata/resourceVersion', value: '1' };
    expect((await patch([stale, replicas])).code).toBe(409);
    expect((await patch([stale, replicas], '', `${STOREFRONT}/scale`)).code).toBe(409);
    expect((await patch([{ op: 'test', path: '/spec/replicas', value: 99 }, replicas])).code).toBe(422);
    const dry = await patch([replicas], '?dryRun=All');
    expect(dry.body['spec']).toMatchObject({ replicas: 6 });
    const after = await call(STOREFRONT);
    expect((after.body['metadata'] as Record<string, string>)['resourceVersion']).toBe(version);
  });

  it('makes a scaled deployment ready', async () => {
    const body = [{ op: 'replace', path: '/spec/replicas', value: 6 }];
    const scaled = await call(`${STOREFRONT}/scale`, { method: 'PATCH', type: JSON_PATCH, body });
    expect(scaled).toMatchObject({ code: 200, body: { kind: 'Scale', spec: { replicas: 6 } } });
    const readyReplicas = async (): Promise<unknown> =>
      ((await call(STOREFRONT)).body['status'] as Record<string, unknown>)['readyReplicas'];
    const deadline = WALL_CLOCK.now() + 15_000;
    while ((await readyReplicas()) !== 6 && WALL_CLOCK.now() < deadline) await WALL_CLOCK.sleep(20);
    expect(await readyReplicas()).toBe(6);
  });

  it('replays to the later list when watch events are applied to the earlier one', async () => {
    const list = async (): Promise<Map<string, string>> => {
      const { body } = await call('/api/v1/namespaces/payments/pods');
      const items = body['items'] as readonly Line['object'][];
      return new Map(items.map(({ metadata }) => [metadata.name, metadata.resourceVersion]));
    };
    const from = cluster.controls.resourceVersion;
    const state = await list();
    const api = '/apis/apps/v1/namespaces/payments/deployments/api';
    const body = {
      spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': 'now' } } } },
    };
    await call(api, { method: 'PATCH', type: 'application/merge-patch+json', body });
    await call('/apis/apps/v1/namespaces/payments/deployments/checkout-worker', { method: 'DELETE' });
    await watchLines('/api/v1/namespaces/payments/pods?watch=1&timeoutSeconds=1');
    const lines = await watchLines(
      `/api/v1/namespaces/payments/pods?watch=1&timeoutSeconds=1&resourceVersion=${from}`,
    );
    for (const { type, object } of lines) {
      if (type === 'DELETED') state.delete(object.metadata.name);
      else state.set(object.metadata.name, object.metadata.resourceVersion);
    }
    const newest = Math.max(...lines.map(({ object }) => Number(object.metadata.resourceVersion)));
    const later = [...(await list())].filter(([, version]) => Number(version) <= newest);
    expect(lines.some(({ type }) => type === 'DELETED')).toBe(true);
    for (const [name, version] of later) expect(state.get(name)).toBe(version);
  });

  it('sends 410 as an ERROR event to a watch from a forgotten version', async () => {
    const version = cluster.controls.resourceVersion - 1;
    cluster.controls.expireHistory();
    const lines = await watchLines(`/api/v1/pods?watch=1&resourceVersion=${version - 1}`);
    expect(lines).toMatchObject([{ type: 'ERROR', object: { code: 410, reason: 'Expired' } }]);
  });

  it('shows the previous log of a crashing container and refuses an unknown container', async () => {
    const { body } = await call('/api/v1/namespaces/payments/pods?labelSelector=app=checkout');
    const [pod] = body['items'] as readonly Line['object'][];
    const path = `/api/v1/namespaces/payments/pods/${pod?.metadata.name}/log`;
    const log = await (await send(`${path}?previous=true&tailLines=12`, {})).text();
    expect(log).toContain('required setting CURRENCY_TABLE_URL is not set');
    const unknown = await call(`${path}?container=nope`);
    expect(unknown).toMatchObject({ code: 400, body: { reason: 'BadRequest' } });
    expect(unknown.body['message']).toBe(`container nope is not valid for pod ${pod?.metadata.name}`);
  });

  it('fails the next matching request as planned', async () => {
    cluster.controls.failNext(429, { plural: 'services' });
    expect((await call('/api/v1/services')).code).toBe(429);
    expect((await call('/api/v1/services')).code).toBe(200);
  });
});
