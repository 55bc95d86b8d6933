import type { PodView, Reply } from '@jamie/core';
import {
  type AnyView,
  aDeployed,
  aNamespace,
  aNode,
  anEvent,
  aPod,
  aSnapshot,
  SNAPSHOT_TIME,
} from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentsWorld } from '../agents-world.fixture.ts';
import { parseCommand } from '../grammar/parse-command.ts';

const SECRET = ['hunter', '2hunter2'].join('');
const MINUTE_MS = 60_000;

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
});
afterEach(() => world.destroy());

const CART = aDeployed('cart', [
  { revision: 1, pods: [{ name: 'cart-hash1-4kx7d' }, { name: 'cart-hash1-z2mqp' }] },
]);
const [ONE, OTHER] = CART.pods as readonly [PodView, PodView];

function seen(agoMs: number, count = 1) {
  return { lastSeen: SNAPSHOT_TIME - agoMs, firstSeen: SNAPSHOT_TIME - agoMs - 1_000, count };
}

function show(...views: readonly (AnyView | readonly AnyView[])[]) {
  world.cluster.snapshot = aSnapshot()
    .with(aNamespace('shop'), CART.views)
    .with(...views)
    .build();
}

function rowsOf(reply: Reply) {
  const table = reply.sections.find((section) => section.kind === 'table');
  return table?.kind === 'table' ? table.rows : [];
}

describe('events', () => {
  it('shows the newest first, folded, with the point in the headline', async () => {
    show(
      anEvent(
        ONE,
        'BackOff',
        `Back-off 40s restarting failed container=app pod=${ONE.name}`,
        seen(20_000, 7),
      ),
      anEvent(
        OTHER,
        'BackOff',
        `Back-off 1m20s restarting failed container=app pod=${OTHER.name}`,
        seen(50_000, 5),
      ),
      anEvent(CART.workload, 'ScalingReplicaSet', 'Scaled up to 2', { type: 'Normal', ...seen(5_000) }),
    );
    const reply = await world.ask('events -n shop');
    expect(reply.headline).toBe(
      `2 events in shop on test (13 with repetitions), one of them a warning; the last warning: BackOff on Pod ${ONE.name}, 20 s ago.`,
    );
    expect(
      rowsOf(reply).map(([age, type, reason, object, count]) => [age, type, reason, object, count]),
    ).toEqual([
      ['5s', 'Normal', 'ScalingReplicaSet', 'Deployment cart', '1'],
      ['20s', 'Warning', 'BackOff', `Pod ${ONE.name} and 1 more`, '12'],
    ]);
  });

  it('shows warnings first where it is about one object, and what belongs to it, gone pods too', async () => {
    const gone = aPod({ name: 'cart-hash1-zzzzz', uid: 'gone' });
    const stranger = aPod({ name: 'cartography-1', uid: 'stranger' });
    show(
      anEvent(CART.workload, 'ScalingReplicaSet', 'Scaled up', { type: 'Normal', ...seen(5_000) }),
      anEvent(gone, 'FailedMount', 'no such volume', seen(60_000)),
      anEvent(stranger, 'Unhealthy', 'not mine', seen(1_000)),
    );
    const reply = await world.ask('events cart -n shop');
    expect(reply.headline).toContain('2 events of Deployment shop/cart on test');
    expect(rowsOf(reply).map(([, type]) => type)).toEqual(['Warning', 'Normal']);
  });

  it('shows warnings only, and only of the time that was asked for', async () => {
    show(
      anEvent(ONE, 'BackOff', 'old', seen(30 * MINUTE_MS)),
      anEvent(ONE, 'Unhealthy', 'new', seen(MINUTE_MS)),
      anEvent(ONE, 'Pulled', 'image present', { type: 'Normal', ...seen(MINUTE_MS) }),
    );
    expect((await world.ask('events -n shop --warnings')).headline).toContain('2 warnings in shop');
    const recent = await world.ask('events -n shop --warnings --since 10m');
    expect(recent.headline).toContain('1 warning in shop on test in the last 10 min');
    expect((await world.ask('events -n shop')).followUps?.[0]?.command).toBe('events --warnings -n shop');
  });

  it('says long warnings in full beneath the table, and leaves a column out that says nothing', async () => {
    const message = 'Readiness probe failed: HTTP probe failed with statuscode: 503';
    show(
      anEvent(ONE, 'Unhealthy', message, seen(1_000)),
      anEvent(ONE, 'Pulled', 'x'.repeat(60), { type: 'Normal', ...seen(1_000) }),
    );
    const reply = await world.ask('events -n shop');
    expect(reply.sections.filter(({ kind }) => kind === 'list')).toEqual([
      { kind: 'list', title: 'Warnings in full', items: [`Unhealthy on Pod ${ONE.name}: ${message}`] },
    ]);
    const [table] = (await world.ask('events -n shop --warnings')).sections;
    expect(table).toMatchObject({ columns: ['Last seen', 'Reason', 'Object', 'Count', 'Message'] });
  });

  it('takes no events for no proof of health', async () => {
    show();
    const reply = await world.ask('events cart -n shop');
    expect(reply.headline).toBe('No events of Deployment shop/cart on test.');
    expect(JSON.stringify(reply.sections)).toContain('for an hour unless the cluster is set otherwise');
    expect(JSON.stringify(reply.sections)).toContain('says nothing about what was before');
    expect(reply.followUps?.[0]?.command).toBe('why deploy/cart -n shop');
    show(anEvent(ONE, 'BackOff', 'x', seen(1_000)));
    expect(JSON.stringify(await world.ask('events -n shop --since 2d'))).toContain('older ones may be gone');
  });

  it('takes secrets out of messages, and keeps them to one bounded line', async () => {
    show(anEvent(ONE, 'Failed', `cannot log in: password=${SECRET}\n${'x'.repeat(5_000)}`, seen(1_000)));
    const reply = await world.ask('events -n shop');
    expect(JSON.stringify(reply)).not.toContain(SECRET);
    expect(rowsOf(reply)[0]?.at(-1)?.length).toBeLessThanOrEqual(220);
    expect(rowsOf(reply)[0]?.at(-1)).not.toContain('\n');
  });

  it('gives long lists in pages and as a file', async () => {
    show(
      Array.from({ length: 30 }, (_, index) =>
        anEvent(ONE, `Reason${String.fromCharCode(65 + index)}`, 'x', seen(1_000 * index)),
      ),
    );
    const reply = await world.ask('events -n shop');
    expect(rowsOf(reply)).toHaveLength(20);
    expect(reply.files?.[0]?.name).toBe('events-shop.txt');
    expect(reply.followUps?.[0]).toEqual({ label: 'Next page', command: 'events --page 2 -n shop' });
    for (const { command } of reply.followUps ?? []) expect(parseCommand(command).kind).toBe('intent');
  });

  it('asks whether the person may list events, and not only pods', async () => {
    show(anEvent(ONE, 'BackOff', 'x', seen(1_000)));
    world.cluster.mayAccess = (_identity, { target }) => target.kind !== 'Event';
    for (const text of ['events -n shop', 'events cart -n shop', 'events -A']) {
      expect(await world.ask(text)).toMatchObject({
        tone: 'refusal',
        headline: expect.stringContaining('does not let ada list events'),
      });
    }
  });

  it('finds the events of a node', async () => {
    const node = aNode('worker-1');
    show(node, anEvent({ ...node, namespace: '', uid: node.name }, 'NodeNotReady', 'gone away', seen(1_000)));
    expect((await world.ask('events node/worker-1')).headline).toContain('1 event of Node worker-1 on test');
  });

  it('says that it cannot tell where events could not be read', async () => {
    world.cluster.snapshot = aSnapshot().with(aNamespace('shop')).unread('Event', 'forbidden').build();
    expect(await world.ask('events -n shop')).toMatchObject({
      tone: 'refusal',
      headline: expect.stringContaining('cannot tell what happened in shop on test'),
    });
  });
});
