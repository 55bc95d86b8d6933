import { type ClusterSnapshot, createPermitOffice, SNAPSHOT_KINDS } from '@jamie/core';
import { FakeClock, RecordingLogger } from '@jamie/testing';
import { until } from '@jamie/testing/contracts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { plainAccess } from '../access/plain-access.ts';
import { CountingTransport } from '../doubles/counting-transport.ts';
import { apiStatus } from '../doubles/scripted-api-server.ts';
import { podNamed, ScriptedKinds } from '../doubles/scripted-kinds.ts';
import { GuardedTransport } from '../guard/guarded-transport.ts';
import { HttpTransport } from '../transport/http-transport.ts';
import { type ClusterCache, createSnapshotSource } from './snapshot-source.ts';

let kinds: ScriptedKinds;
let clock: FakeClock;
let transport: CountingTransport;
let cache: ClusterCache;
let startedAt: number;

beforeEach(async () => {
  kinds = await ScriptedKinds.start();
  kinds.items.set('Pod', [podNamed('web-1'), podNamed('web-2')]);
  clock = new FakeClock();
  startedAt = clock.now();
  const logger = new RecordingLogger();
  const access = plainAccess({ url: kinds.server.url });
  transport = new CountingTransport(new HttpTransport({ access, clock }));
  cache = createSnapshotSource({
    cluster: 'test',
    transport: new GuardedTransport({ cluster: 'test', transport, permits: createPermitOffice(), logger }),
    clock,
    logger,
    random: () => 0.5,
  });
});

afterEach(async () => {
  await cache.stop();
  await transport.close();
  await kinds.server.stop();
});

/** Lets time pass once every request has its answer, however long the machine takes for it. */
async function pass(durationMs: number): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, 1));
  await until(() => transport.pending === 0);
  await clock.advance(durationMs);
}

/** Waits for something while time passes in steps of 100 ms. Returns how much of it passed. */
async function untilWithTime(holds: () => boolean | Promise<boolean>): Promise<number> {
  const startsAt = clock.now();
  while (!(await holds())) await pass(100);
  return clock.now() - startsAt;
}

const podNames = (snapshot: ClusterSnapshot) => snapshot.objects.Pod.map(({ name }) => name).sort();
const namesNow = async () => podNames(await cache.snapshot()).join();
const isWatching = () => kinds.watches.size === SNAPSHOT_KINDS.length && transport.pending === 0;

describe('createSnapshotSource', () => {
  it('sends nothing before the first snapshot', async () => {
    expect(kinds.server.seen).toHaveLength(0);
    const snapshot = await cache.snapshot();
    expect(podNames(snapshot)).toEqual(['web-1', 'web-2']);
    expect([snapshot.cluster, snapshot.takenAt, snapshot.unread]).toEqual(['test', clock.now(), []]);
  });

  it('follows a watch: added, modified, deleted', async () => {
    await cache.snapshot();
    await until(isWatching);
    kinds.send('Pod', 'ADDED', podNamed('web-3', '101'));
    kinds.send('Pod', 'MODIFIED', podNamed('web-1', '102', 'Failed'));
    kinds.send('Pod', 'DELETED', podNamed('web-2', '103'));
    await until(async () => (await namesNow()) === 'web-1,web-3');
    expect((await cache.snapshot()).objects.Pod.find(({ name }) => name === 'web-1')?.phase).toBe('Failed');
  });

  it('decodes events whose bytes and characters are cut anywhere', async () => {
    await cache.snapshot();
    await until(isWatching);
    const line = Buffer.from(
      `${JSON.stringify({ type: 'MODIFIED', object: podNamed('web-1', '101', 'Käse 🧀') })}\n`,
    );
    for (const byte of line) kinds.watches.get('Pod')?.write(Buffer.of(byte));
    await until(async () => (await cache.snapshot()).objects.Pod.some(({ phase }) => phase === 'Käse 🧀'));
  });

  it('shares unchanged kinds between snapshots and never changes one that it gave away', async () => {
    const before = await cache.snapshot();
    await until(isWatching);
    kinds.send('Pod', 'ADDED', podNamed('web-3', '101'));
    await until(async () => (await namesNow()) === 'web-1,web-2,web-3');
    const after = await cache.snapshot();
    expect(podNames(before)).toEqual(['web-1', 'web-2']);
    expect(after.objects.Node).toBe(before.objects.Node);
    expect((await cache.snapshot()).objects.Pod).toBe(after.objects.Pod);
  });

  it('lists anew when the watch says that its history is gone', async () => {
    await cache.snapshot();
    await until(isWatching);
    kinds.items.set('Pod', [podNamed('web-9')]);
    kinds.send('Pod', 'ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' });
    await until(async () => (await namesNow()) === 'web-9');
    expect(kinds.requestsOf('Pod', 'list')).toHaveLength(2);
  });

  it('goes on where it was, within five seconds, when every connection is reset', async () => {
    await cache.snapshot();
    await until(isWatching);
    kinds.send('Pod', 'ADDED', podNamed('web-3', '170'));
    await until(async () => (await namesNow()) === 'web-1,web-2,web-3');
    kinds.server.resetConnections();
    await until(() => kinds.watches.size === 0);
    expect(await untilWithTime(isWatching)).toBeLessThanOrEqual(5_000);
    expect(kinds.requestsOf('Pod', 'list')).toHaveLength(1);
    expect(kinds.requestsOf('Pod', 'watch').at(-1)?.target).toContain('resourceVersion=170');
  });

  it('opens a new watch when the API server ends one', async () => {
    await cache.snapshot();
    await until(isWatching);
    kinds.send('Pod', 'BOOKMARK', { metadata: { resourceVersion: '180' } });
    kinds.watches.get('Pod')?.end();
    await until(() => kinds.requestsOf('Pod', 'watch').length === 2);
    expect(kinds.requestsOf('Pod', 'watch').at(-1)?.target).toContain('resourceVersion=180');
  });

  it('does not loop tightly when watches end at once', async () => {
    kinds.breakWith((_kind, request) =>
      request.target.includes('watch=true') ? (_request, response) => response.end() : undefined,
    );
    await cache.snapshot();
    const countBefore = kinds.server.seen.length;
    for (let second = 0; second < 30; second += 1) await pass(1_000);
    expect((kinds.server.seen.length - countBefore) / SNAPSHOT_KINDS.length).toBeLessThanOrEqual(31);
  });

  it('slows down when watches open and break again and again', async () => {
    kinds.breakWith((_kind, request) =>
      request.target.includes('watch=true')
        ? (_request, response) => {
            response.writeHead(200);
            response.write('\n');
            setImmediate(() => response.socket?.resetAndDestroy());
          }
        : undefined,
    );
    await cache.snapshot();
    await untilWithTime(() => clock.now() - startedAt >= 60_000);
    const countBefore = kinds.server.seen.length;
    for (let step = 0; step < 600; step += 1) await pass(100);
    expect(kinds.server.seen.length - countBefore).toBeLessThanOrEqual(120);
  });

  it('notices a socket that has fallen silent', async () => {
    await cache.snapshot();
    await until(isWatching);
    const silent = kinds.watches.get('Pod');
    const passedMs = await untilWithTime(() => kinds.requestsOf('Pod', 'watch').length >= 2);
    expect(passedMs).toBeGreaterThanOrEqual(44_000);
    expect(passedMs).toBeLessThanOrEqual(50_000);
    await until(() => silent?.destroyed === true);
  });

  it('stays below two requests a second in a storm of 429 and is back within five seconds', async () => {
    await cache.snapshot();
    await until(isWatching);
    kinds.breakWith(() => apiStatus(429, 'TooManyRequests', 'slow down', { 'retry-after': '1' }));
    kinds.server.resetConnections();
    const countBefore = kinds.server.seen.length;
    for (let step = 0; step < 600; step += 1) await pass(100);
    const count = kinds.server.seen.length - countBefore;
    expect(count).toBeGreaterThan(5);
    expect(count).toBeLessThanOrEqual(120);
    const stale = await cache.snapshot();
    expect(podNames(stale)).toEqual(['web-1', 'web-2']);
    expect(stale.stalenessMs).toBeGreaterThanOrEqual(59_000);
    kinds.breakWith(undefined);
    expect(await untilWithTime(isWatching)).toBeLessThanOrEqual(5_000);
    expect((await cache.snapshot()).stalenessMs).toBeLessThanOrEqual(5_000);
  });

  it('says which kinds are out of date, and since when, once a failure lasts', async () => {
    await cache.snapshot();
    await until(isWatching);
    kinds.breakWith(() => (_request, response) => response.socket?.resetAndDestroy());
    kinds.server.resetConnections();
    await untilWithTime(async () => (await cache.snapshot()).unread.length === SNAPSHOT_KINDS.length);
    const { unread, stalenessMs } = await cache.snapshot();
    expect(unread[0]?.reason).toBe('unavailable');
    expect(unread[0]?.message).toMatch(/^Last heard of \d+ s ago\./);
    expect(stalenessMs).toBeGreaterThanOrEqual(60_000);
  });

  it.each([
    ['garbage', 'this is not JSON\n'],
    ['an event that is cut off', '{"type":"ADDED","object":{"meta\n'],
    ['an unknown event type', '{"type":"SURPRISE","object":{}}\n'],
    ['an internal error', '{"type":"ERROR","object":{"kind":"Status","code":500,"message":"etcd"}}\n'],
  ])('lists anew after %s in a watch', async (_what, text) => {
    await cache.snapshot();
    await until(isWatching);
    kinds.items.set('Pod', [podNamed('web-9')]);
    kinds.watches.get('Pod')?.write(text);
    await untilWithTime(async () => (await namesNow()) === 'web-9');
  });

  it('survives lists that are cut off or no lists at all', async () => {
    const answers = ['{"items":[{"metadata"', '[]', '<html>', '{"metadata":{},"items":[7]}'];
    let next = 0;
    kinds.breakWith((kind) => {
      const text = kind === 'Pod' ? answers[next] : undefined;
      if (text === undefined) return undefined;
      next += 1;
      return (_request, response) => response.end(text);
    });
    const snapshots = cache.snapshot(60_000);
    await untilWithTime(() => next === answers.length && isWatching());
    await snapshots;
    expect(await namesNow()).toBe('web-1,web-2');
  });

  it('reads what it may, says what it may not, and tries that again slowly', async () => {
    kinds.breakWith((kind) =>
      kind === 'Pod' ? apiStatus(403, 'Forbidden', 'pods is forbidden') : undefined,
    );
    const snapshot = await cache.snapshot();
    expect(snapshot.unread).toEqual([
      { kind: 'Pod', reason: 'forbidden', message: 'The cluster answered 403: pods is forbidden' },
    ]);
    await until(() => kinds.watches.size === SNAPSHOT_KINDS.length - 1 && transport.pending === 0);
    for (let step = 0; step < 50; step += 1) await pass(1_000);
    expect(kinds.requestsOf('Pod', 'list')).toHaveLength(1);
    kinds.breakWith(undefined);
    await untilWithTime(async () => (await namesNow()) === 'web-1,web-2');
    expect((await cache.snapshot()).unread).toEqual([]);
  });

  it.each([403, 401])(
    'keeps what it knew while an API server that has just started answers %i',
    async (status) => {
      await cache.snapshot();
      await until(isWatching);
      kinds.breakWith(() => apiStatus(status, 'Forbidden', 'the roles are not read yet'));
      kinds.server.resetConnections();
      const countBefore = kinds.server.seen.length;
      await untilWithTime(() => clock.now() - startedAt >= 36_000);
      expect(kinds.server.seen.length - countBefore).toBeLessThanOrEqual(72);
      const { objects, unread } = await cache.snapshot();
      expect([objects.Pod.length, unread]).toEqual([2, []]);
      kinds.breakWith(undefined);
      expect(await untilWithTime(isWatching)).toBeLessThanOrEqual(5_000);
    },
  );

  it('believes after a minute that it may not read a kind any more, and forgets its objects', async () => {
    await cache.snapshot();
    await until(isWatching);
    kinds.breakWith((kind) => (kind === 'Pod' ? apiStatus(403, 'Forbidden', 'no more pods') : undefined));
    kinds.watches.get('Pod')?.destroy();
    const passedMs = await untilWithTime(async () => (await namesNow()) === '');
    expect(passedMs).toBeGreaterThanOrEqual(60_000);
    expect(passedMs).toBeLessThanOrEqual(70_000);
    expect((await cache.snapshot()).unread).toEqual([
      { kind: 'Pod', reason: 'forbidden', message: 'The cluster answered 403: no more pods' },
    ]);
    const requests = () => kinds.server.seen.filter(({ target }) => target.startsWith('/api/v1/pods')).length;
    const countBefore = requests();
    for (let step = 0; step < 50; step += 1) await pass(1_000);
    expect(requests()).toBe(countBefore);
    kinds.breakWith(undefined);
    await untilWithTime(async () => (await namesNow()) === 'web-1,web-2');
  });

  it('says that a kind is not served', async () => {
    kinds.breakWith((kind) =>
      kind === 'HorizontalPodAutoscaler' ? apiStatus(404, 'NotFound', 'no such resource') : undefined,
    );
    expect((await cache.snapshot()).unread).toMatchObject([
      { kind: 'HorizontalPodAutoscaler', reason: 'not_served' },
    ]);
  });

  it('answers in time when the cluster does not', async () => {
    kinds.breakWith(() => () => undefined);
    const snapshot = cache.snapshot(3_000);
    await clock.untilSleeping(1);
    await clock.advance(3_000);
    expect((await snapshot).unread).toHaveLength(SNAPSHOT_KINDS.length);
    expect((await snapshot).unread[0]?.reason).toBe('timeout');
  });

  it('ends every socket when it is stopped', async () => {
    await cache.snapshot();
    await until(isWatching);
    await cache.stop();
    await transport.close();
    await until(() => kinds.server.openSockets === 0);
    expect(podNames(await cache.snapshot())).toEqual(['web-1', 'web-2']);
  });
});
