import type { Reply } from '@jamie/core';
import {
  aContainer,
  aDeployed,
  aNamespace,
  aNode,
  aPendingPod,
  aPod,
  aService,
  aSnapshot,
  SNAPSHOT_TIME,
  terminated,
  waiting,
} from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentsWorld } from '../agents-world.fixture.ts';
import { parseCommand } from '../grammar/parse-command.ts';

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
});
afterEach(() => world.destroy());

function tableOf(reply: Reply) {
  const table = reply.sections.find((section) => section.kind === 'table');
  if (table?.kind !== 'table') throw new Error('no table');
  return table;
}

const commandsOf = (reply: Reply) => (reply.followUps ?? []).map(({ command }) => command);

function manyPods(count: number) {
  return Array.from({ length: count }, (_, index) =>
    aPod({ name: `web-${String(index).padStart(4, '0')}`, createdAt: SNAPSHOT_TIME - 60_000 * index }),
  );
}

describe('pods', () => {
  it('says how many there are and how many are not ready, and shows the worst first', async () => {
    const reply = await world.ask('pods -n shop');
    expect(reply.headline).toBe('4 pods in shop on test, 2 not ready: CrashLoopBackOff.');
    const { columns, rows } = tableOf(reply);
    expect(columns).toEqual(['Name', 'Ready', 'Status', 'Restarts', 'Age', 'Node']);
    expect(rows[0]).toEqual([
      expect.stringMatching(/^checkout-hash2-pod/),
      '0/1',
      'CrashLoopBackOff',
      '6 (30s ago)',
      '10m',
      'worker-1',
    ]);
    expect(rows.map(([, ready]) => ready)).toEqual(['0/1', '0/1', '1/1', '1/1']);
  });

  it('offers what comes next, in commands that can be read back', async () => {
    const reply = await world.ask('pods -n shop');
    expect(commandsOf(reply)).toEqual([
      'pods --unhealthy -n shop',
      'why deploy/checkout -n shop',
      expect.stringMatching(/^logs pod\/checkout-hash2-pod\d -n shop$/),
    ]);
    for (const command of commandsOf(reply)) expect(parseCommand(command).kind).toBe('intent');
  });

  it('shows only the unhealthy when asked, and still counts all', async () => {
    const reply = await world.ask('pods -n shop --unhealthy');
    expect(reply.headline).toContain('4 pods in shop on test, 2 not ready');
    expect(tableOf(reply).rows).toHaveLength(2);
    expect((await world.ask('pods -n payments --unhealthy')).headline).toBe(
      '1 pod in payments on test, ready.',
    );
  });

  it('has a column for the namespace where there are several', async () => {
    const reply = await world.ask('pods -A');
    expect(reply.headline).toBe('5 pods on test, 2 not ready: CrashLoopBackOff.');
    expect(tableOf(reply).columns[0]).toBe('Namespace');
  });

  it('takes the pods of a workload by owner, of a Service by selector, of a node by place, and one pod', async () => {
    const deployed = aDeployed('cart', [{ revision: 1, pods: [{}, { nodeName: 'worker-2' }] }]);
    const stray = aPod({ name: 'stray', labels: { app: 'cart' } });
    world.cluster.snapshot = aSnapshot()
      .with(aNamespace('shop'), aNode('worker-2'), aService('cart-web', { selector: { app: 'cart' } }), stray)
      .with(...deployed.views)
      .build();
    expect((await world.ask('pods deploy/cart -n shop')).headline).toBe(
      '2 pods of Deployment shop/cart on test, all ready.',
    );
    expect((await world.ask('pods svc/cart-web -n shop')).headline).toContain(
      '3 pods of Service shop/cart-web',
    );
    expect((await world.ask('pods node/worker-2')).headline).toBe('1 pod of Node worker-2 on test, ready.');
    expect((await world.ask('pods pod/stray -n shop')).headline).toContain('1 pod of Pod shop/stray on test');
    expect((await world.ask('pods it')).headline).toContain('Pod shop/stray');
  });

  it('asks for rights over the whole cluster where a node or every namespace is named', async () => {
    world.cluster.snapshot = aSnapshot().with(aNode('worker-1'), aNamespace('shop')).build();
    world.cluster.mayAccess = (_identity, { target }) => target.namespace !== undefined;
    for (const text of ['pods node/worker-1', 'pods -A']) {
      expect(await world.ask(text)).toMatchObject({
        tone: 'refusal',
        headline: expect.stringContaining('does not let ada list pods in the whole cluster test'),
      });
    }
    expect((await world.ask('pods -A')).headline).toContain('for example: pods -n payments');
    expect((await world.ask('pods -n shop')).headline).toBe('No pods in shop on test.');
  });

  it('refuses people whom Kubernetes does not let look', async () => {
    world.cluster.denied.add('ada');
    for (const text of ['pods -n shop', 'pods deploy/basket -n shop', 'pods']) {
      const reply = await world.ask(text);
      expect(reply).toMatchObject({ tone: 'refusal', headline: expect.stringContaining('does not let ada') });
      expect(JSON.stringify(reply)).not.toContain('hash');
    }
  });

  it('suggests the namespace that was nearly named', async () => {
    const reply = await world.ask('pods -n payment');
    expect(reply).toMatchObject({
      tone: 'refusal',
      headline: expect.stringContaining('no namespace payment'),
    });
    expect(reply.choice?.options).toEqual([{ label: 'payments', command: 'pods -n payments' }]);
  });

  it('gives long lists in pages, and all of it once as a file', async () => {
    world.cluster.snapshot = aSnapshot().with(aNamespace('shop'), manyPods(45)).build();
    const first = await world.ask('pods -n shop');
    expect(tableOf(first)).toMatchObject({ title: '1 to 20 of 45 (page 1 of 3)' });
    expect(commandsOf(first)[0]).toBe('pods --page 2 -n shop');
    expect(first.files?.[0]).toMatchObject({ name: 'pods-shop.txt' });
    expect(first.files?.[0]?.text.trimEnd().split('\n')).toHaveLength(46);
    const last = await world.ask('pods -n shop --page 3');
    expect(tableOf(last).rows).toHaveLength(5);
    expect(commandsOf(last)).toEqual([]);
    expect(last.files).toBeUndefined();
    expect(await world.ask('pods -n shop --page 4')).toMatchObject({
      tone: 'refusal',
      headline: expect.stringContaining('the list has 3 pages. Try: pods --page 3 -n shop'),
    });
  });

  it('tells what is wrong in kubectl’s words, and completed pods from ready ones', async () => {
    const view = aSnapshot().with(aNamespace('shop'), [
      aPod({
        name: 'done',
        phase: 'Succeeded',
        containers: [aContainer({ ready: false, state: terminated(0) })],
      }),
      aPod({ name: 'well' }),
    ]);
    world.cluster.snapshot = view.build();
    expect((await world.ask('pods -n shop')).headline).toBe('2 pods in shop on test: 1 ready, 1 completed.');
    world.cluster.snapshot = view
      .with(
        aPendingPod('0/1 nodes are available', { name: 'homeless' }),
        aPod({
          name: 'unpulled',
          containers: [aContainer({ ready: false, state: waiting('ImagePullBackOff') })],
        }),
      )
      .build();
    const reply = await world.ask('pods -n shop');
    expect(reply.headline).toBe('4 pods in shop on test, 2 not ready: 1 ImagePullBackOff and 1 Pending.');
  });

  it('does not offer the log of a pod in which nothing has started', async () => {
    world.cluster.snapshot = aSnapshot().with(aNamespace('shop'), aPendingPod('0/1 nodes')).build();
    expect(commandsOf(await world.ask('pods -n shop')).some((command) => command.startsWith('logs'))).toBe(
      false,
    );
  });

  it('says that it cannot tell where pods could not be read, and how old its word is', async () => {
    world.cluster.snapshot = aSnapshot().with(aNamespace('shop')).unread('Pod', 'timeout').build();
    expect(await world.ask('pods -n shop')).toMatchObject({
      tone: 'refusal',
      headline: expect.stringContaining('cannot tell which pods there are in shop on test'),
    });
    world.cluster.snapshot = aSnapshot().with(aNamespace('shop'), aPod()).stale(600_000).build();
    expect(JSON.stringify(await world.ask('pods -n shop'))).toContain('what I knew 10 min ago');
  });

  it('asks why where an object has no pods', async () => {
    world.cluster.snapshot = aSnapshot()
      .with(aNamespace('shop'), aService('empty', { selector: {} }))
      .build();
    expect((await world.ask('pods svc/empty -n shop')).headline).toBe(
      'No pods of Service shop/empty on test.',
    );
  });
});
