import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDemoCluster, type DemoCluster } from '../index.ts';
import { createHttpClient, type HttpClient, MERGE_PATCH } from '../testing/http-client.ts';
import { WALL_CLOCK } from '../testing/wall-clock.ts';

let cluster: DemoCluster;
let client: HttpClient;

beforeAll(async () => {
  cluster = createDemoCluster({ clock: WALL_CLOCK, timeScale: 50 });
  client = createHttpClient(await cluster.start());
});
afterAll(() => cluster.stop());

interface Listed {
  readonly metadata: { readonly name: string };
  readonly status: { readonly phase: string };
}

async function podsOf(namespace: string, app: string): Promise<readonly Listed[]> {
  const { body } = await client.call(`/api/v1/namespaces/${namespace}/pods?labelSelector=app%3D${app}`);
  return body['items'] as readonly Listed[];
}

async function logPathOf(namespace: string, app: string): Promise<string> {
  const [pod] = await podsOf(namespace, app);
  return `/api/v1/namespaces/${namespace}/pods/${pod?.metadata.name}/log`;
}

/** The log of a pod that has just started: what started in the past speaks in the past's slower time. */
async function newLogPath(): Promise<string> {
  const [namespace, app] = ['shop', 'storefront'];
  const before = new Set((await podsOf(namespace, app)).map(({ metadata }) => metadata.name));
  const scale = `/apis/apps/v1/namespaces/${namespace}/deployments/${app}/scale`;
  await client.call(scale, {
    method: 'PATCH',
    type: MERGE_PATCH,
    body: { spec: { replicas: before.size + 1 } },
  });
  const deadline = WALL_CLOCK.now() + 10_000;
  while (WALL_CLOCK.now() < deadline) {
    const pods = await podsOf(namespace, app);
    const pod = pods.find(({ metadata, status }) => !before.has(metadata.name) && status.phase === 'Running');
    if (pod !== undefined) return `/api/v1/namespaces/${namespace}/pods/${pod.metadata.name}/log`;
    await WALL_CLOCK.sleep(20);
  }
  throw new Error('no new pod came up');
}

/** What arrives until the text is as wanted or the stream ends. */
async function follow(path: string, isEnough: (text: string) => boolean = () => false): Promise<string> {
  const stop = new AbortController();
  const response = await client.send(path, { signal: stop.signal });
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    if (isEnough(text)) break;
  }
  stop.abort();
  return text;
}

const lineCount = (text: string): number => text.split('\n').length - 1;

describe('following a log', () => {
  it('begins with the last lines and goes on with new ones, none twice', async () => {
    const path = await newLogPath();
    const text = await follow(
      `${path}?follow=true&tailLines=2&timestamps=true`,
      (sofar) => lineCount(sofar) >= 6,
    );
    const times = text
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(0, line.indexOf(' ')));
    expect(times.every((time) => !Number.isNaN(Date.parse(time)))).toBe(true);
    expect(new Set(times).size).toBe(times.length);
    expect(times).toEqual(times.toSorted());
  });

  it('ends with the container', async () => {
    const path = await logPathOf('payments', 'checkout');
    const text = await follow(`${path}?follow=true&previous=true`);
    expect(text).toContain('panic: currency table');
    expect(text.endsWith('\n')).toBe(true);
  });

  it('ends after the bytes that were asked for', async () => {
    const path = await logPathOf('shop', 'storefront');
    expect(await follow(`${path}?follow=true&limitBytes=10`)).toHaveLength(10);
  });

  it('ends when the pod is deleted', async () => {
    const path = await logPathOf('shop', 'catalog');
    let isDeleted = false;
    const text = await follow(`${path}?follow=true&tailLines=1`, () => {
      if (!isDeleted) void client.call(path.replace(/\/log$/, ''), { method: 'DELETE' });
      isDeleted = true;
      return false;
    });
    expect(lineCount(text)).toBeGreaterThan(0);
  });

  it('refuses what it does not do', async () => {
    const path = await logPathOf('shop', 'storefront');
    expect((await client.call(`${path}?sinceTime=2026-01-01T00:00:00Z`)).code).toBe(501);
  });
});
