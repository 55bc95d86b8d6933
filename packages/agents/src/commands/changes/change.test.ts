import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AgentsWorld } from '../../agents-world.fixture.ts';

let world: AgentsWorld;

beforeEach(() => {
  world = new AgentsWorld();
  const meta = { uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' };
  for (const namespace of ['shop', 'payments'])
    world.cluster.put({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { ...meta, name: 'report', namespace, uid: `u-${namespace}` },
      spec: { defaultBackend: { service: { name: 'report', port: { number: 80 } } } },
    });
});

afterEach(() => world.destroy());

const plans = () => world.store.listPlans({ limit: 5 });

describe('a change of what the service itself may not read', () => {
  beforeEach(() => {
    const { snapshot } = world.cluster;
    const unread = { kind: 'Ingress', reason: 'forbidden', message: '' } as const;
    world.cluster.snapshot = { ...snapshot, unread: [...snapshot.unread, unread] };
  });

  it('asks which one of several, and changes none', async () => {
    const reply = await world.ask('delete ingress/report');
    expect(reply.choice?.options.map(({ command }) => command)).toEqual([
      'delete ing/report -n shop',
      'delete ing/report -n payments',
    ]);
    expect(await plans()).toEqual([]);
  });

  it('says a near miss, with the same command for it', async () => {
    const reply = await world.ask('delete ingress/reprot -n shop');
    expect(reply.headline).toContain('Did you mean');
    expect(reply.choice?.options).toMatchObject([{ command: 'delete ing/report -n shop' }]);
  });

  it('is looked for as the person, who is told where to look when they may not list everything', async () => {
    world.cluster.blind.add('ada');
    const reply = await world.ask('delete ingress/report');
    expect(reply).toMatchObject({ tone: 'refusal', headline: expect.stringContaining('name the namespace') });
    expect(reply.choice).toBeUndefined();
  });
});

describe('a change of the wrong kind', () => {
  it.each([
    ['pause svc/basket', /Only the rollout of a Deployment/],
    ['drain deploy/basket', /for nodes/],
    ['delete node/worker-1', /I delete workloads/],
    ['delete secret/token', /nothing called secret\/token|I delete/],
    ['delete basket', /the kind and the name/],
    ['suspend deploy/basket', /for CronJobs/],
  ])('"%s" is refused in words', async (text, words) => {
    expect(await world.ask(text)).toMatchObject({ tone: 'refusal', headline: expect.stringMatching(words) });
    expect(await plans()).toEqual([]);
  });
});

describe('a near miss of a change', () => {
  it('is offered, never taken', async () => {
    const reply = await world.ask('pause deploy/baske -n shop');
    expect(reply.choice?.options).toMatchObject([{ command: 'pause deploy/basket -n shop' }]);
    expect(await plans()).toEqual([]);
  });

  it('is not told to whoever may not read its namespace', async () => {
    world.cluster.denied.add('ada');
    const reply = await world.ask('pause deploy/baske');
    expect(reply.choice).toBeUndefined();
    expect(JSON.stringify(reply)).not.toContain('payments');
  });
});

describe('autoscale', () => {
  it('says what to do where nothing scales the workload by itself', async () => {
    const reply = await world.ask('autoscale deploy/basket --max 5 -n shop');
    expect(reply.headline).toContain('No autoscaler scales Deployment shop/basket');
  });
});

describe('several changes', () => {
  it('asks about the one that is unclear, and plans nothing', async () => {
    const reply = await world.ask('restart deploy/checkout -n shop then restart deploy/baske -n shop');
    expect(reply.headline).toMatch(/^Change 2 of 2: I found nothing called deploy\/baske/);
    expect(await plans()).toEqual([]);
  });
});

describe('apply', () => {
  it.each([
    ['apply', /Where is the manifest/],
    ['apply -n shop\n```a: [1```', /cannot be read: line 1/],
    [
      'apply -n shop\n```apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: payments}```',
      /Name one of the two/,
    ],
    ['apply\n```apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}```', /names no namespace/],
    [
      'apply\n```apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {password: hunter2hunter2}```',
      /Refer to a Secret/,
    ],
  ])('%j is refused in words', async (text, words) => {
    expect(await world.ask(text)).toMatchObject({ tone: 'refusal', headline: expect.stringMatching(words) });
    expect(await plans()).toEqual([]);
  });

  it('is no command where it is asked about', async () => {
    await world.ask('should I apply this?\n```a: 1```', 'sentence');
    expect(await plans()).toEqual([]);
  });
});
