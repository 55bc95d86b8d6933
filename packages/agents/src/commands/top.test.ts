import { OpsError, type Reply, type UsageSample } from '@jamie/core';
import {
  aContainer,
  aCrashingContainer,
  aNamespace,
  aNode,
  aPod,
  aService,
  aSnapshot,
  SNAPSHOT_TIME,
} from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentsWorld } from '../agents-world.fixture.ts';
import { parseCommand } from '../grammar/parse-command.ts';

const MEBIBYTE = 1024 ** 2;

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
  const limits = { cpu: '500m', memory: '256Mi' };
  world.cluster.snapshot = aSnapshot()
    .with(aNamespace('shop'), aNamespace('payments'), aNode('worker-1'), aNode('worker-2'), aService('web'))
    .with(
      aPod({ name: 'api', labels: { app: 'web' }, containers: [aContainer({ limits })] }),
      aPod({ name: 'search', containers: [aContainer()] }),
      aPod({ name: 'broken', containers: [aCrashingContainer(1)] }),
      aPod({ name: 'other', namespace: 'payments', nodeName: 'worker-2' }),
    )
    .build();
});
afterEach(() => world.destroy());

function sample(name: string, cpuMillicores: number, mebibytes: number, namespace = 'shop'): UsageSample {
  const used = { cpuMillicores, memoryBytes: mebibytes * MEBIBYTE };
  const containers = namespace === '' ? [] : [{ name: 'app', ...used }];
  return { namespace, name, ...used, measuredAt: world.clock.now() - 12_000, windowMs: 15_000, containers };
}

function measure(): void {
  world.cluster.usage = {
    pods: [sample('api', 210, 100), sample('search', 40, 250), sample('other', 5, 20, 'payments')],
    nodes: [sample('worker-1', 1_000, 2_048, ''), sample('worker-2', 3_900, 7_900, '')],
  };
}

function tableOf(reply: Reply) {
  const table = reply.sections.find((section) => section.kind === 'table');
  if (table?.kind !== 'table') throw new Error('no table');
  return table;
}

const textOf = (reply: Reply) =>
  reply.sections.flatMap((section) => (section.kind === 'text' ? section.lines : [])).join('\n');

describe('top', () => {
  it('shows usage beside requests and limits, and says in words what is near a limit', async () => {
    measure();
    const reply = await world.ask('top -n shop');
    expect(reply.headline).toBe(
      '3 pods in shop on test use 250m CPU and 350Mi memory; near a limit: search (memory limit).',
    );
    expect(tableOf(reply)).toMatchObject({
      columns: ['Pod', 'CPU', 'Request / limit', 'Memory', 'Request / limit', 'Note'],
      rows: [
        ['api', '210m (42%)', '100m / 500m', '100Mi (39%)', '128Mi / 256Mi', ''],
        ['search', '40m', '100m / –', '250Mi (98%)', '128Mi / 256Mi', 'near its memory limit'],
        ['broken', '–', '100m / –', '–', '128Mi / 256Mi', 'no sample: CrashLoopBackOff'],
      ],
    });
    expect(textOf(reply)).toContain('Measured 12 s ago.');
    expect(textOf(reply)).toContain('1 of 3 have no sample');
  });

  it('offers a chart of four or more, and draws it when asked', async () => {
    world.cluster.snapshot = aSnapshot()
      .with(aNamespace('shop'))
      .with(...['a', 'b', 'c', 'd'].map((name) => aPod({ name, containers: [aContainer()] })))
      .build();
    world.cluster.usage = {
      pods: ['a', 'b', 'c', 'd'].map((name, index) => sample(name, 100 * (index + 1), 64 * (index + 1))),
      nodes: [],
    };
    const offered = await world.ask('top -n shop');
    expect(offered.charts).toBeUndefined();
    const [, offer] = offered.followUps ?? [];
    expect(offer).toEqual({ label: 'As a chart', command: 'top pods --chart -n shop' });
    const drawn = await world.ask('top -n shop --by memory --chart');
    expect(drawn.charts).toEqual([
      {
        name: 'memory-shop.png',
        title: 'Memory of pods in shop on test',
        description:
          'Memory of 4 pods in shop on test, the busiest first: d (256Mi, 100% of what it may have) uses most.',
        unit: 'MiB',
        bars: ['d', 'c', 'b', 'a'].map((label, index) => ({ label, value: 64 * (4 - index), limit: 256 })),
      },
    ]);
  });

  it('draws nothing of three: words say it better', async () => {
    measure();
    const reply = await world.ask('top -n shop --chart');
    expect([reply.charts, reply.followUps]).toEqual([
      undefined,
      [expect.objectContaining({ label: 'By memory' })],
    ]);
  });

  it('sorts by memory when asked to, and offers the other order', async () => {
    measure();
    const reply = await world.ask('top -n shop --by memory');
    expect(tableOf(reply).rows[0]?.[0]).toBe('search');
    expect(reply.followUps).toEqual([{ label: 'By CPU', command: 'top pods -n shop' }]);
    const [other] = (await world.ask('top -n shop')).followUps ?? [];
    expect(parseCommand(other?.command ?? '')).toMatchObject({ intent: { kind: 'top', by: 'memory' } });
  });

  it('says that nothing measures, what to do, and shows requests and limits alone', async () => {
    const reply = await world.ask('top -n shop');
    expect(reply.tone).toBe('answer');
    expect(reply.headline).toMatch(/^No usage of 3 pods in shop on test: .*metrics-server is not installed/);
    expect(tableOf(reply).columns).toEqual(['Pod', 'CPU request / limit', 'Memory request / limit']);
    expect(tableOf(reply).rows.flat().join(' ')).not.toContain('%');
    expect(textOf(reply)).toContain('requests and limits alone');
  });

  it('reads usage as the person, and says so when they may not', async () => {
    measure();
    await world.ask('top -n shop');
    expect(world.cluster.reads.at(-1)).toEqual({ verb: 'list', path: 'usage/pods/shop', user: 'ada' });
    world.cluster.blind.add('ada');
    expect((await world.ask('top -n shop')).headline).toContain('does not let ada read what pods use');
    world.cluster.denied.add('ada');
    expect(await world.ask('top -n shop')).toMatchObject({ tone: 'refusal' });
  });

  it('shows the containers of one pod, and the pods of a Service or a node', async () => {
    measure();
    expect((await world.ask('top pod/api -n shop')).headline).toContain(
      '1 container of Pod shop/api on test uses',
    );
    expect((await world.ask('top svc/web -n shop')).headline).toContain(
      '1 pod of Service shop/web on test uses 210m',
    );
    expect((await world.ask('top node/worker-2')).headline).toContain(
      '1 pod of Node worker-2 on test uses 5m',
    );
  });

  it('has a column for the namespace where there are several', async () => {
    measure();
    expect(tableOf(await world.ask('top -A')).columns[0]).toBe('Namespace');
  });

  it('shows nodes with what is allocatable, wherever the person looks by default', async () => {
    measure();
    const reply = await world.ask('top nodes');
    expect(reply.headline).toBe(
      '2 nodes on test; the busiest by CPU is worker-2 (98% of what is allocatable); nearly full: worker-2 (CPU and memory).',
    );
    expect(tableOf(reply).rows[1]).toEqual([
      'worker-1',
      '1000m (25%)',
      '300m (8%)',
      '4000m',
      '2Gi (25%)',
      '384Mi (5%)',
      '8Gi',
      '3',
      '',
    ]);
  });

  it('shows nodes without usage, and without pods that the person may not see', async () => {
    world.cluster.mayAccess = (_identity, { target }) => target.kind === 'Node';
    const reply = await world.ask('top nodes');
    expect(reply.headline).toContain('No usage of 2 nodes on test');
    expect(tableOf(reply).columns).toEqual([
      'Node',
      'CPU requested',
      'CPU allocatable',
      'Memory requested',
      'Memory allocatable',
      'Pods',
    ]);
    expect(tableOf(reply).rows[0]?.slice(1, 3)).toEqual(['–', '4000m']);
    expect(textOf(reply)).toContain('takes the right to list the pods of the whole cluster');
    world.cluster.mayAccess = () => false;
    expect(await world.ask('top nodes')).toMatchObject({
      tone: 'refusal',
      headline: expect.stringContaining('does not let ada list nodes in the whole cluster test'),
    });
  });

  it('still shows requests and limits when usage comes too late', async () => {
    world.cluster.beforeRead = () => {
      throw new OpsError('timeout', 'late', { userMessage: 'The cluster did not answer in time.' });
    };
    expect((await world.ask('top -n shop')).headline).toContain('The cluster did not answer in time.');
  });

  it('gives long lists in pages and as a file', async () => {
    const pods = Array.from({ length: 30 }, (_, index) =>
      aPod({ name: `web-${index}`, createdAt: SNAPSHOT_TIME }),
    );
    world.cluster.snapshot = aSnapshot().with(aNamespace('shop'), pods).build();
    const reply = await world.ask('top -n shop');
    expect(reply.files?.[0]?.name).toBe('top-shop.txt');
    expect(reply.followUps?.[0]).toEqual({ label: 'Next page', command: 'top pods --page 2 -n shop' });
    expect(tableOf(await world.ask('top -n shop --page 2')).rows).toHaveLength(10);
  });
});
