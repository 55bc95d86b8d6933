import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDemoCluster, type DemoCluster, type DemoClusterAccess } from '../index.ts';
import { createHttpClient, type HttpClient, MERGE_PATCH } from '../testing/http-client.ts';
import { WALL_CLOCK } from '../testing/wall-clock.ts';

let cluster: DemoCluster;
let access: DemoClusterAccess;
let client: HttpClient;

beforeAll(async () => {
  cluster = createDemoCluster({ clock: WALL_CLOCK, content: 'empty', timeScale: 100 });
  access = await cluster.start();
  client = createHttpClient(access);
});
afterAll(() => cluster.stop());

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const PODS = '/api/v1/namespaces/default/pods';
const BUDGETS = '/apis/policy/v1/namespaces/default/poddisruptionbudgets';

interface Stored {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly ownerReferences?: readonly unknown[];
  };
}

async function create(path: string, body: object): Promise<Stored> {
  const created = await client.call(path, { method: 'POST', body });
  expect(created.code).toBe(201);
  return created.body as unknown as Stored;
}

const map = (name: string) => create(CONFIG_MAPS, { metadata: { name }, data: { colour: 'blue' } });

async function startApp(name: string, replicas: number): Promise<readonly Stored[]> {
  const labels = { app: name };
  const spec = { containers: [{ name: 'web', image: 'docker.io/library/nginx:1.27' }] };
  await create(DEPLOYMENTS, {
    metadata: { name },
    spec: { replicas, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  });
  const isReady = async (): Promise<boolean> =>
    ((await client.call(`${DEPLOYMENTS}/${name}`)).body['status'] as { readyReplicas?: number })
      .readyReplicas === replicas;
  await eventually(isReady);
  return itemsOf(`${PODS}?labelSelector=app%3D${name}`);
}

async function itemsOf(path: string): Promise<readonly Stored[]> {
  return (await client.call(path)).body['items'] as readonly Stored[];
}

async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = WALL_CLOCK.now() + 15_000;
  while (!(await isSo())) {
    if (WALL_CLOCK.now() > deadline) throw new Error('it did not come to be in 15 s');
    await WALL_CLOCK.sleep(10);
  }
}

describe('an eviction', () => {
  it('is refused with 429 while the budget allows none, and done when it does', async () => {
    const [pod] = await startApp('guarded', 2);
    const budget = {
      metadata: { name: 'guarded' },
      spec: { minAvailable: 2, selector: { matchLabels: { app: 'guarded' } } },
    };
    await create(BUDGETS, budget);
    const isCounted = async (): Promise<boolean> =>
      ((await client.call(`${BUDGETS}/guarded`)).body['status'] as { currentHealthy?: number })
        .currentHealthy === 2;
    await eventually(isCounted);
    const path = `${PODS}/${pod?.metadata.name}/eviction`;
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod?.metadata.name } };
    const refused = await client.call(path, { method: 'POST', body: eviction });
    expect(refused).toEqual({
      code: 429,
      body: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: "Cannot evict pod as it would violate the pod's disruption budget.",
        reason: 'TooManyRequests',
        details: {
          causes: [
            {
              reason: 'DisruptionBudget',
              message: 'The disruption budget guarded needs 2 healthy pods and has 2 currently',
            },
          ],
        },
        code: 429,
      },
    });
    expect((await client.call(`${PODS}/${pod?.metadata.name}`)).body['metadata']).not.toHaveProperty(
      'deletionTimestamp',
    );
    const relaxed = { method: 'PATCH', type: MERGE_PATCH, body: { spec: { minAvailable: 1 } } };
    await client.call(`${BUDGETS}/guarded`, relaxed);
    await eventually(async () => (await client.call(path, { method: 'POST', body: eviction })).code === 201);
    await eventually(async () => (await client.call(`${PODS}/${pod?.metadata.name}`)).code === 404);
  });
});

describe('a deletion', () => {
  it.each([
    ['uid', { uid: 'another' }, /the UID in the precondition \(another\) does not match the UID in record/],
    [
      'resourceVersion',
      { resourceVersion: '1' },
      /the ResourceVersion in the precondition \(1\) does not match/,
    ],
  ])('is refused with 409 when its %s is not that of the object', async (what, preconditions, message) => {
    const { metadata } = await map(`kept-${what.toLowerCase()}`);
    const path = `${CONFIG_MAPS}/${metadata.name}`;
    const refused = await client.call(path, { method: 'DELETE', body: { preconditions } });
    expect(refused).toMatchObject({ code: 409, body: { reason: 'Conflict' } });
    expect(refused.body['message']).toMatch(message);
    expect((await client.call(path)).code).toBe(200);
    const { uid, resourceVersion } = metadata;
    const met = { method: 'DELETE', body: { preconditions: { uid, resourceVersion } } };
    expect((await client.call(path, met)).code).toBe(200);
    expect((await client.call(path)).code).toBe(404);
  });

  it('takes the dependents with it, or leaves them without an owner when they are orphaned', async () => {
    const sets = '/apis/apps/v1/namespaces/default/replicasets?labelSelector=app%3D';
    await startApp('taken', 1);
    await client.call(`${DEPLOYMENTS}/taken`, {
      method: 'DELETE',
      body: { propagationPolicy: 'Background' },
    });
    await eventually(async () => (await itemsOf(`${PODS}?labelSelector=app%3Dtaken`)).length === 0);
    expect(await itemsOf(`${sets}taken`)).toEqual([]);
    await startApp('orphaned', 1);
    await client.call(`${DEPLOYMENTS}/orphaned`, { method: 'DELETE', body: { propagationPolicy: 'Orphan' } });
    const [left] = await itemsOf(`${sets}orphaned`);
    expect(left?.metadata.ownerReferences ?? []).toEqual([]);
    expect(await itemsOf(`${PODS}?labelSelector=app%3Dorphaned`)).toHaveLength(1);
  });
});

describe('a PUT', () => {
  it('is refused with 409 when its resourceVersion is stale, and stores nothing', async () => {
    const { metadata } = await map('contended');
    const path = `${CONFIG_MAPS}/contended`;
    const put = (colour: string, resourceVersion: string) =>
      client.call(path, {
        method: 'PUT',
        body: { metadata: { name: 'contended', resourceVersion }, data: { colour } },
      });
    expect((await put('red', metadata.resourceVersion)).code).toBe(200);
    const stale = await put('green', metadata.resourceVersion);
    expect(stale.body).toMatchObject({
      code: 409,
      reason: 'Conflict',
      details: { name: 'contended', kind: 'configmaps' },
      message:
        'Operation cannot be fulfilled on configmaps "contended": the object has been modified; please apply your changes to the latest version and try again',
    });
    expect((await client.call(path)).body['data']).toEqual({ colour: 'red' });
  });
});

describe('access', () => {
  const review = (verb: string, user: string, groups: readonly string[]) =>
    client.call('/apis/authorization.k8s.io/v1/subjectaccessreviews', {
      method: 'POST',
      body: {
        spec: {
          user,
          groups,
          resourceAttributes: { verb, group: 'apps', resource: 'deployments', namespace: 'shop' },
        },
      },
      token: access.jamieToken,
    });

  it.each([
    ['patch', 'jamie-operators', true],
    ['patch', 'jamie-viewers', false],
    ['get', 'jamie-viewers', true],
    ['get', 'strangers', false],
  ])('is reviewed: %s for %s is %s', async (verb, group, allowed) => {
    const { code, body } = await review(verb, 'ada', [group]);
    expect([code, (body['status'] as { allowed: boolean }).allowed]).toEqual([201, allowed]);
  });

  it('of an impersonated person is that of the person, not of jamie', async () => {
    await map('seen');
    const patch = {
      method: 'PATCH',
      type: MERGE_PATCH,
      body: { data: { a: 'b' } },
      token: access.jamieToken,
    };
    const path = `${CONFIG_MAPS}/seen?dryRun=All`;
    expect((await client.call(path, patch)).code).toBe(403);
    const viewer = await client.call(path, { ...patch, as: 'eve', asGroup: 'jamie-viewers' });
    expect(viewer.code).toBe(403);
    expect(viewer.body['message']).toMatch(/User "eve" cannot patch resource "configmaps"/);
    const master = await client.call(path, { ...patch, as: 'eve', asGroup: 'system:masters' });
    expect(master.body['message']).toMatch(/cannot impersonate resource "groups"/);
  });
});
