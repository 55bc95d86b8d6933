import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDemoCluster, type DemoCluster } from '../index.ts';
import type { ManagedFields } from '../objects.ts';
import { APPLY_PATCH, createHttpClient, type HttpClient, MERGE_PATCH } from '../testing/http-client.ts';
import { WALL_CLOCK } from '../testing/wall-clock.ts';

let cluster: DemoCluster;
let client: HttpClient;

beforeAll(async () => {
  cluster = createDemoCluster({ clock: WALL_CLOCK, content: 'empty' });
  client = createHttpClient(await cluster.start());
});
afterAll(() => cluster.stop());

const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

function web(name: string, spec: object = {}, container: object = {}, metadata: object = {}): object {
  const containers = [{ name: 'web', image: 'registry.example/web:1', ...container }];
  const template = { metadata: { labels: { app: name } }, spec: { containers } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, ...metadata },
    spec: { selector: { matchLabels: { app: name } }, template, ...spec },
  };
}

function apply(
  name: string,
  body: object,
  query = 'fieldManager=alpha',
  path = DEPLOYMENTS,
): ReturnType<HttpClient['call']> {
  return client.call(`${path}/${name}?${query}`, { method: 'PATCH', type: APPLY_PATCH, body });
}

function ownersOf(body: unknown): Record<string, unknown> {
  const { managedFields = [] } = (body as { metadata: { managedFields?: readonly ManagedFields[] } })
    .metadata;
  return Object.fromEntries(
    managedFields.map(({ manager, operation, subresource, fieldsV1 }) => [
      [manager, operation, subresource].filter(Boolean).join(' '),
      fieldsV1,
    ]),
  );
}

const WEB_KEY = 'k:{"name":"web"}';
const TEMPLATE_OWNED = {
  'f:metadata': { 'f:labels': { 'f:app': {} } },
  'f:spec': { 'f:containers': { [WEB_KEY]: { '.': {}, 'f:image': {}, 'f:name': {} } } },
};

describe('server-side apply', () => {
  it('creates the object and owns exactly the named fields, lists by their keys', async () => {
    const container = { env: [{ name: 'A', value: '1' }], ports: [{ containerPort: 80 }], args: ['-v'] };
    const created = await apply('keyed', web('keyed', { replicas: 2 }, container));
    expect(created.code).toBe(201);
    expect(ownersOf(created.body)).toEqual({
      'alpha Apply': {
        'f:spec': {
          'f:replicas': {},
          'f:selector': {},
          'f:template': {
            'f:metadata': { 'f:labels': { 'f:app': {} } },
            'f:spec': {
              'f:containers': {
                [WEB_KEY]: {
                  '.': {},
                  'f:args': {},
                  'f:env': { 'k:{"name":"A"}': { '.': {}, 'f:name': {}, 'f:value': {} } },
                  'f:image': {},
                  'f:name': {},
                  'f:ports': {
                    'k:{"containerPort":80,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} },
                  },
                },
              },
            },
          },
        },
      },
    });
  });

  it('changes nothing when the same is applied again', async () => {
    const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'same' }, data: { a: '1' } };
    const first = await apply('same', body, 'fieldManager=alpha', CONFIG_MAPS);
    const second = await apply('same', body, 'fieldManager=alpha', CONFIG_MAPS);
    expect([first.code, second.code]).toEqual([201, 200]);
    expect(second.body).toEqual(first.body);
  });

  it('answers 409 with every conflict and its owner, and stores nothing', async () => {
    await apply('contested', web('contested', { replicas: 2 }));
    const refused = await apply(
      'contested',
      web('contested', { replicas: 3 }, { image: 'registry.example/web:2' }),
      'fieldManager=beta',
    );
    const image = '.spec.template.spec.containers[name="web"].image';
    const message = 'conflict with "alpha"';
    expect(refused.body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: `Apply failed with 2 conflicts: conflicts with "alpha":\n- .spec.replicas\n- ${image}`,
      reason: 'Conflict',
      details: {
        causes: [
          { reason: 'FieldManagerConflict', message, field: '.spec.replicas' },
          { reason: 'FieldManagerConflict', message, field: image },
        ],
      },
      code: 409,
    });
    const { body } = await client.call(`${DEPLOYMENTS}/contested`);
    expect(body['spec']).toMatchObject({ replicas: 2 });
    expect(ownersOf(body)).not.toHaveProperty(['beta Apply']);
  });

  it('shares a field with a manager that applies the same value', async () => {
    await apply('shared', web('shared', { replicas: 2 }));
    const { code, body } = await apply('shared', web('shared', { replicas: 2 }), 'fieldManager=beta');
    expect(code).toBe(200);
    const owners = ownersOf(body);
    expect(owners['alpha Apply']).toMatchObject({ 'f:spec': { 'f:replicas': {} } });
    expect(owners['beta Apply']).toMatchObject({ 'f:spec': { 'f:replicas': {} } });
  });

  it('takes the field over by force, and stores nothing in a dry run', async () => {
    await apply('forced', web('forced', { replicas: 2 }));
    const dry = await apply('forced', web('forced', { replicas: 5 }), 'fieldManager=b&force=true&dryRun=All');
    expect(dry.body['spec']).toMatchObject({ replicas: 5 });
    const unchanged = await client.call(`${DEPLOYMENTS}/forced`);
    expect(unchanged.body['spec']).toMatchObject({ replicas: 2 });
    const { body } = await apply('forced', web('forced', { replicas: 5 }), 'fieldManager=b&force=true');
    expect(ownersOf(body)['alpha Apply']).toEqual({
      'f:spec': { 'f:selector': {}, 'f:template': TEMPLATE_OWNED },
    });
    expect(ownersOf(body)['b Apply']).toHaveProperty(['f:spec', 'f:replicas']);
  });

  it('removes what a manager no longer applies, and keeps what somebody else owns too', async () => {
    const env = [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ];
    const labels = { app: 'pruned', team: 'shop' };
    await apply('pruned', web('pruned', { replicas: 2 }, { env }, { labels }));
    await apply('pruned', web('pruned', { replicas: 2 }), 'fieldManager=beta');
    const { body } = await apply(
      'pruned',
      web('pruned', {}, { env: env.slice(0, 1) }, { labels: { app: 'pruned' } }),
    );
    const { metadata, spec } = body as unknown as {
      metadata: { labels: object };
      spec: { replicas: number; template: { spec: { containers: readonly { env: unknown }[] } } };
    };
    expect(metadata.labels).toEqual({ app: 'pruned' });
    expect(spec.template.spec.containers[0]?.env).toEqual(env.slice(0, 1));
    expect(spec.replicas).toBe(2);
    const last = await apply('pruned', web('pruned'), 'fieldManager=beta');
    expect(last.body['spec']).toMatchObject({ replicas: 1 });
  });

  it('conflicts with what a PATCH and the scale subresource set', async () => {
    await apply('patched', web('patched', { replicas: 2 }));
    const body = { spec: { replicas: 4 } };
    const merge = { method: 'PATCH', type: MERGE_PATCH, body };
    await client.call(`${DEPLOYMENTS}/patched?fieldManager=kubectl`, merge);
    const first = await apply('patched', web('patched', { replicas: 3 }));
    expect(first.body['message']).toBe(
      'Apply failed with 1 conflict: conflict with "kubectl" using apps/v1: .spec.replicas',
    );
    const scaled = { ...merge, body: { spec: { replicas: 6 } } };
    await client.call(`${DEPLOYMENTS}/patched/scale?fieldManager=scaler`, scaled);
    const second = await apply('patched', web('patched', { replicas: 3 }));
    expect(second.body['message']).toBe(
      'Apply failed with 1 conflict: conflict with "scaler" with subresource "scale" using apps/v1: .spec.replicas',
    );
    const { body: stored } = await client.call(`${DEPLOYMENTS}/patched`);
    expect(ownersOf(stored)['scaler Update scale']).toEqual({ 'f:spec': { 'f:replicas': {} } });
    expect(ownersOf(stored)).not.toHaveProperty(['kubectl Update']);
  });

  it('keeps the conditions of others when one is applied to the status', async () => {
    await apply('status', web('status', { replicas: 0 }));
    const condition = { type: 'Audited', status: 'True', reason: 'Manual', message: 'seen' };
    const body = { apiVersion: 'apps/v1', kind: 'Deployment', status: { conditions: [condition] } };
    const { code, body: applied } = await apply('status/status', body, 'fieldManager=auditor');
    expect(code).toBe(200);
    expect(ownersOf(applied)['auditor Apply status']).toHaveProperty([
      'f:status',
      'f:conditions',
      'k:{"type":"Audited"}',
    ]);
    const { conditions } = applied['status'] as { conditions: readonly { type: string }[] };
    expect(conditions.map(({ type }) => type)).toContain('Audited');
    expect(applied['spec']).toMatchObject({ replicas: 0 });
  });

  it.each([
    ['without a manager', '', {}, 422, /fieldManager: Required value: is required for apply patch/],
    ['with a long manager', `fieldManager=${'x'.repeat(129)}`, {}, 422, /may not be more than 128 bytes/],
    [
      'with managedFields',
      'fieldManager=a',
      { managedFields: [] },
      400,
      /metadata.managedFields must be nil/,
    ],
    ['with another name', 'fieldManager=a', { name: 'other' }, 400, /does not match the name on the URL/],
    ['with another namespace', 'fieldManager=a', { namespace: 'x' }, 400, /does not match the namespace/],
    ['with a uid that nobody has', 'fieldManager=a', { uid: 'x' }, 409, /no existing object was found/],
  ])('refuses an apply %s', async (_what, query, metadata, code, message) => {
    const refused = await apply('refused', web('refused', {}, {}, metadata), query);
    expect(refused.code).toBe(code);
    expect(refused.body['message']).toMatch(message);
  });

  it.each([
    ['an unknown field', { nope: 1 }, 500, /\.spec\.nope: field not declared in schema/],
    ['a number in words', { replicas: 'three' }, 500, /\.spec\.replicas: expected numeric/],
    [
      'two containers of a name',
      { template: { spec: { containers: [{ name: 'a' }, { name: 'a' }] } } },
      500,
      /containers: duplicate entries for key \[name="a"\]/,
    ],
    ['an element without its key', { template: { spec: { containers: [{}] } } }, 501, /lacks its key/],
    [
      'a list that is not supported',
      { template: { spec: { imagePullSecrets: [{ name: 'a' }] } } },
      501,
      /imagePullSecrets/,
    ],
  ])('refuses %s', async (_what, spec, code, message) => {
    const refused = await apply('misshapen', web('misshapen', spec));
    expect(refused.code).toBe(code);
    expect(refused.body['message']).toMatch(message);
    expect((await client.call(`${DEPLOYMENTS}/misshapen`)).code).toBe(404);
  });

  it('refuses YAML that is not JSON, the scale subresource, and force on other patches', async () => {
    const raw = await client.send(`${DEPLOYMENTS}/yaml?fieldManager=a`, {
      method: 'PATCH',
      type: APPLY_PATCH,
      body: 'kind: Deployment',
    });
    expect(raw.status).toBe(501);
    await apply('limits', web('limits'));
    const scale = { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: 'limits' }, spec: {} };
    expect((await apply('limits/scale', scale)).code).toBe(501);
    const forced = { method: 'PATCH', type: MERGE_PATCH, body: {} };
    const { body } = await client.call(`${DEPLOYMENTS}/limits?force=true`, forced);
    expect(body['message']).toMatch(/force: Forbidden: may not be specified for non-apply patch/);
  });

  it('answers 409 for a resourceVersion that is not the newest', async () => {
    await apply('stale', web('stale'));
    expect((await apply('stale', web('stale', {}, {}, { resourceVersion: '1' }))).code).toBe(409);
  });
});

describe('the managedFields of an update', () => {
  it('name the writer of each changed field and take it from its owner before', async () => {
    const path = `${DEPLOYMENTS}/written`;
    await client.call(`${DEPLOYMENTS}?fieldManager=creator`, {
      method: 'POST',
      body: web('written', { replicas: 2 }),
    });
    const { body: created } = await client.call(path);
    expect(ownersOf(created)['creator Update']).toMatchObject({
      'f:spec': { 'f:replicas': {}, 'f:strategy': { 'f:rollingUpdate': { '.': {}, 'f:maxSurge': {} } } },
    });
    const next = structuredClone(created) as { spec: { replicas: number } };
    next.spec.replicas = 7;
    await client.call(`${path}?fieldManager=editor`, {
      method: 'PUT',
      body: { ...next, metadata: { name: 'written' } },
    });
    const { body: edited } = await client.call(path);
    expect(ownersOf(edited)['editor Update']).toEqual({ 'f:spec': { 'f:replicas': {} } });
    expect(ownersOf(edited)['creator Update']).not.toHaveProperty(['f:spec', 'f:replicas']);
    expect(ownersOf(edited)['creator Update']).toHaveProperty(['f:spec', 'f:revisionHistoryLimit']);
  });
});
