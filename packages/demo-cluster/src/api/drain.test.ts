import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDemoCluster, type DemoCluster } from '../index.ts';
import type { Pod } from '../objects.ts';
import { type CallOptions, createHttpClient, type HttpClient, MERGE_PATCH } from '../testing/http-client.ts';
import { WALL_CLOCK } from '../testing/wall-clock.ts';

const NODE = 'demo-worker-5';
const PODS = '/api/v1/namespaces/shop/pods';

let cluster: DemoCluster;
let client: HttpClient;

beforeAll(async () => {
  cluster = createDemoCluster({ clock: WALL_CLOCK, timeScale: 20 });
  client = createHttpClient(await cluster.start());
});
afterAll(() => cluster.stop());

const asOperator = (path: string, options: CallOptions) =>
  client.call(path, { ...options, as: 'olga', asGroup: 'jamie-operators' });

async function thumbnails(): Promise<readonly Pod[]> {
  const { body } = await client.call(`${PODS}?labelSelector=app%3Dthumbnails`);
  return body['items'] as readonly Pod[];
}

function evict({ metadata: { name, uid } }: Pod) {
  const deleteOptions = { preconditions: { uid } };
  const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name }, deleteOptions };
  return asOperator(`${PODS}/${name}/eviction`, { method: 'POST', body });
}

async function until<T>(read: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
  const deadline = WALL_CLOCK.now() + 15_000;
  for (;;) {
    const value = await read();
    if (isSo(value)) return value;
    if (WALL_CLOCK.now() > deadline) throw new Error(`still ${JSON.stringify(value).slice(0, 500)}`);
    await WALL_CLOCK.sleep(20);
  }
}

describe('the media worker of the demo company', () => {
  it('can be drained by an operator, one pod after the other, and taken back', async () => {
    const before = await thumbnails();
    expect(before.map(({ spec }) => spec.nodeName)).toEqual([NODE, NODE]);
    const cordon = (unschedulable: boolean | null) =>
      asOperator(`/api/v1/nodes/${NODE}`, {
        method: 'PATCH',
        type: MERGE_PATCH,
        body: { spec: { unschedulable } },
      });
    expect((await cordon(true)).code).toBe(200);
    const [first, second] = before as [Pod, Pod];
    expect((await evict(first)).code).toBe(201);
    const held = await evict(second);
    expect([held.code, held.body['reason']]).toEqual([429, 'TooManyRequests']);
    expect(held.body['details']).toEqual({
      causes: [
        {
          reason: 'DisruptionBudget',
          message: 'The disruption budget thumbnails needs 1 healthy pods and has 1 currently',
        },
      ],
    });
    await until(
      () => evict(second),
      ({ code }) => code === 201,
    );
    const after = await until(
      thumbnails,
      (pods) =>
        pods.length === 2 &&
        pods.every(({ spec, status }) => spec.nodeName !== NODE && status.phase === 'Running'),
    );
    expect(after.map(({ metadata }) => metadata.uid)).not.toContain(first.metadata.uid);
    expect((await cordon(null)).code).toBe(200);
  });

  it('resizes a running pod in place, and refuses what a real one would', async () => {
    const pod = (
      await until(thumbnails, (pods) => pods.every(({ status }) => status.phase === 'Running'))
    )[0] as Pod;
    const path = `${PODS}/${pod.metadata.name}`;
    const resize = (resources: object) =>
      asOperator(`${path}/resize`, {
        method: 'PATCH',
        type: MERGE_PATCH,
        body: { spec: { containers: [{ name: 'thumbnails', image: 'another:image', resources }] } },
      });
    const resized = await resize({ requests: { cpu: '150m', memory: '128Mi' }, limits: { memory: '512Mi' } });
    expect(resized.code).toBe(200);
    const live = await until(
      async () => (await client.call(path)).body as unknown as Pod,
      ({ status }) => status.containerStatuses?.[0]?.resources?.limits?.['memory'] === '512Mi',
    );
    expect([live.spec.containers[0]?.image, live.status.containerStatuses?.[0]?.restartCount]).toEqual([
      pod.spec.containers[0]?.image,
      0,
    ]);
    expect((await resize({ requests: { memory: '1Gi' }, limits: { memory: '512Mi' } })).code).toBe(422);
    expect((await resize({})).body['message']).toContain('QOS Class may not change');
    const direct = { spec: { containers: [{ ...live.spec.containers[0], resources: {} }] } };
    const refused = await asOperator(path, { method: 'PATCH', type: MERGE_PATCH, body: direct });
    expect([refused.code, refused.body['reason']]).toEqual([422, 'Invalid']);
  });
});
