import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createDemoCluster, type DemoCluster } from '../index.ts';
import { createHttpClient, type HttpClient, MERGE_PATCH } from '../testing/http-client.ts';
import { WALL_CLOCK } from '../testing/wall-clock.ts';

let cluster: DemoCluster;
let client: HttpClient;

beforeAll(async () => {
  cluster = createDemoCluster({ clock: WALL_CLOCK, content: 'empty' });
  client = createHttpClient(await cluster.start());
});
afterAll(() => cluster.stop());

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

interface Item {
  readonly metadata: { readonly name: string; readonly resourceVersion: string };
}
interface Line {
  readonly type: string;
  readonly object: Item & { readonly code?: number };
}

/** The events of a watch until one is as wanted, or the connection ends. */
async function readUntil(path: string, isLast: (line: Line) => boolean): Promise<readonly Line[]> {
  const stop = new AbortController();
  const response = await client.send(path, { signal: stop.signal });
  const lines: Line[] = [];
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    const texts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = texts.pop() ?? '';
    lines.push(...texts.map((text) => JSON.parse(text) as Line));
    if (lines.some(isLast)) break;
  }
  stop.abort();
  return lines;
}

const named = (name: string) => (line: Line) => line.object.metadata.name === name;

const writes = fc.array(
  fc.record({
    name: fc.constantFrom('a', 'b', 'c'),
    kind: fc.constantFrom('create', 'change', 'relabel', 'delete'),
    colour: fc.constantFrom('red', 'blue'),
  }),
  { maxLength: 14 },
);

async function write({ name, kind, colour }: { name: string; kind: string; colour: string }): Promise<void> {
  const patch = (body: object) =>
    client.call(`${CONFIG_MAPS}/${name}`, { method: 'PATCH', type: MERGE_PATCH, body });
  if (kind === 'create') {
    const metadata = { name, labels: { colour } };
    await client.call(CONFIG_MAPS, { method: 'POST', body: { metadata } });
  } else if (kind === 'change') await patch({ data: { at: crypto.randomUUID() } });
  else if (kind === 'relabel') await patch({ metadata: { labels: { colour } } });
  else await client.call(`${CONFIG_MAPS}/${name}`, { method: 'DELETE' });
}

async function list(query: string): Promise<{ version: string; items: Map<string, unknown> }> {
  const { body } = await client.call(`${CONFIG_MAPS}?${query}`);
  const { resourceVersion } = body['metadata'] as Item['metadata'];
  const items = body['items'] as readonly Item[];
  return { version: resourceVersion, items: new Map(items.map((item) => [item.metadata.name, item])) };
}

describe('a watch', () => {
  it.each(['', 'labelSelector=colour%3Dred'])(
    'turns the earlier list into the later one after any writes, selecting by "%s"',
    async (selector) => {
      await fc.assert(
        fc.asyncProperty(writes, async (sequence) => {
          const { version, items } = await list(selector);
          for (const step of sequence) await write(step);
          const later = await list(selector);
          const end = { metadata: { name: `end-${crypto.randomUUID()}`, labels: { colour: 'red' } } };
          await client.call(CONFIG_MAPS, { method: 'POST', body: end });
          const path = `${CONFIG_MAPS}?watch=1&resourceVersion=${version}&${selector}`;
          const lines = await readUntil(path, named(end.metadata.name));
          for (const { type, object } of lines.slice(0, -1)) {
            const { apiVersion: _version, kind: _kind, ...item } = object as Item & Record<string, unknown>;
            if (type === 'ADDED') expect(items.has(item.metadata.name)).toBe(false);
            else expect(items.has(item.metadata.name)).toBe(true);
            if (type === 'DELETED') items.delete(item.metadata.name);
            else items.set(item.metadata.name, item);
          }
          expect(new Map([...items].sort())).toEqual(new Map([...later.items].sort()));
          await client.call(`${CONFIG_MAPS}/${end.metadata.name}`, { method: 'DELETE' });
        }),
        { numRuns: 12 },
      );
    },
  );

  it('is refused with initial events, so that clients list first', async () => {
    const query = 'watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan';
    const refused = await client.call(`${CONFIG_MAPS}?${query}`);
    expect(refused.code).toBe(422);
    expect(refused.body['message']).toMatch(/sendInitialEvents: Forbidden: .*WatchList feature gate/);
  });

  it('gets nothing more once it is silenced, while another resource goes on', async () => {
    const { version } = await list('');
    const path = `${CONFIG_MAPS}?watch=1&resourceVersion=${version}&timeoutSeconds=1`;
    const namespaces = `/api/v1/namespaces?watch=1&resourceVersion=${version}&timeoutSeconds=1`;
    const [silent, loud] = await Promise.all([client.send(path), client.send(namespaces)]);
    expect(cluster.controls.silenceWatches('configmaps')).toBe(1);
    await client.call(CONFIG_MAPS, { method: 'POST', body: { metadata: { name: 'unheard' } } });
    await client.call('/api/v1/namespaces', { method: 'POST', body: { metadata: { name: 'heard' } } });
    expect(await silent.text()).toBe('');
    expect(await loud.text()).toContain('"heard"');
  });

  it('breaks when the connections are dropped, and begins again where it was', async () => {
    const { version } = await list('');
    const path = `${CONFIG_MAPS}?watch=1&resourceVersion=${version}`;
    const response = await client.send(path);
    expect(cluster.controls.openWatches).toBe(1);
    expect(cluster.controls.dropConnections()).toBeGreaterThan(0);
    await expect(response.text()).rejects.toThrow();
    await client.call(CONFIG_MAPS, { method: 'POST', body: { metadata: { name: 'missed' } } });
    const lines = await readUntil(path, named('missed'));
    expect(lines.map(({ type }) => type)).toEqual(['ADDED']);
  });

  it('is told with 410 that its version is forgotten', async () => {
    const { version } = await list('');
    await client.call(CONFIG_MAPS, { method: 'POST', body: { metadata: { name: 'newer' } } });
    cluster.controls.expireHistory();
    const lines = await readUntil(`${CONFIG_MAPS}?watch=1&resourceVersion=${version}`, () => false);
    expect(lines).toMatchObject([{ type: 'ERROR', object: { code: 410 } }]);
  });
});
