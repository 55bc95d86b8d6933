import type { JsonObject, PlanRecord } from '@jamie/core';
import { anObject, aSnapshot } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CHECKOUT, OperationsWorld, person, TIMING } from '../operations-world.fixture.ts';
import {
  aBusyNamespace,
  begin,
  bookOf,
  caseOf,
  HEALER,
  MORE_MEMORY,
  planRemedy,
} from './remedies.fixture.ts';

const LIMIT = '/spec/template/spec/containers/0/resources/limits/memory';

let world: OperationsWorld;
beforeEach(() => {
  world = new OperationsWorld('development', { ...TIMING, watchScale: 0.02 });
  world.book = bookOf();
  world.cluster.snapshot = aBusyNamespace();
});
afterEach(() => world.destroy());

/** A remedy that was carried out and has succeeded. */
async function healed(): Promise<PlanRecord> {
  const { plan } = await begin(world, await planRemedy(world));
  await world.live(plan.risk.watchMs + 20_000);
  const record = await world.read(plan.id);
  expect(record.status).toBe('succeeded');
  return record;
}

/** Somebody else sets the limit; `fields` are those that managedFields then say are theirs. */
function setLimit(memory: string | undefined, manager?: string, time?: string): void {
  const limits = { 'f:resources': { 'f:limits': { 'f:memory': {} } } };
  const fieldsV1 = {
    'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"app"}': limits } } } },
  };
  world.cluster.edit(CHECKOUT, (object) => {
    const spec = object['spec'] as { template: { spec: { containers: Record<string, unknown>[] } } };
    const [container = {}] = spec.template.spec.containers;
    container['resources'] = memory === undefined ? {} : { limits: { memory } };
    const entry = { manager, operation: 'Update', fieldsV1, ...(time !== undefined && { time }) };
    if (manager !== undefined)
      (object['metadata'] as JsonObject & { managedFields?: unknown })['managedFields'] = [OURS, entry];
  });
}

const OURS = { manager: 'jamie-scarlet', operation: 'Update', time: '2030-01-01T00:00:00Z', fieldsV1: {} };

describe('findForeignChanges', () => {
  it('finds nothing where everything is as the plan left it', async () => {
    expect(await world.operations.findForeignChanges(await healed())).toEqual([]);
  });

  it('names the field manager that holds the field now, and when', async () => {
    const record = await healed();
    const at = new Date(record.plan.createdAt + 3_600_000).toISOString();
    setLimit('256Mi', 'kubectl-edit', at);
    expect(await world.operations.findForeignChanges(record)).toEqual([
      { ref: CHECKOUT, pointer: LIMIT, by: 'field manager kubectl-edit', at: Date.parse(at), advice: '' },
    ]);
  });

  it('says the same moment each time where nothing tells when, or only from before the plan', async () => {
    const record = await healed();
    setLimit('256Mi', 'kubectl-edit');
    const expected = [expect.objectContaining({ by: 'field manager kubectl-edit', at: record.updatedAt })];
    expect(await world.operations.findForeignChanges(record)).toEqual(expected);
    await world.clock.advance(60_000);
    expect(await world.operations.findForeignChanges(record)).toEqual(expected);
    setLimit('256Mi', 'kubectl-edit', '2020-01-01T00:00:00Z');
    expect(await world.operations.findForeignChanges(record)).toEqual(expected);
  });

  it('says that it does not know who took a field away', async () => {
    const record = await healed();
    setLimit(undefined);
    expect(await world.operations.findForeignChanges(record)).toMatchObject([
      { pointer: LIMIT, by: 'somebody' },
    ]);
  });

  it('names the person whose later plan changed it back', async () => {
    const record = await healed();
    const undo = await world.propose({ kind: 'undo', planId: record.plan.id }, person('ada'));
    await world.approve(undo.plan.id, 'bob', 'cleo');
    await world.live(undo.plan.risk.watchMs + 20_000);
    expect((await world.read(undo.plan.id)).status).toBe('succeeded');
    const { decidedAt } = await world.read(undo.plan.id);
    expect(await world.operations.findForeignChanges(await world.read(record.plan.id))).toEqual([
      {
        ref: CHECKOUT,
        pointer: LIMIT,
        by: 'ada',
        at: decidedAt,
        advice: `${undo.plan.id} did; ask ada why.`,
      },
    ]);
  });

  it('takes what it changed again itself for no foreign change', async () => {
    const record = await healed();
    const operation = { ...MORE_MEMORY, limits: { memory: '768Mi' } } as typeof MORE_MEMORY;
    const next = await planRemedy(world, { operation, planKey: 'healing:h-00000001:2' });
    const attempts = [...caseOf(record).attempts, ...caseOf(next.record).attempts];
    const healingCase = { ...caseOf(next.record), attempts, version: 2 };
    await world.store.commit([...next.changes, { kind: 'healing.put', healingCase, expectedVersion: 1 }]);
    await world.live(next.record.plan.risk.watchMs + 20_000);
    expect(world.cluster.writes).toHaveLength(2);
    expect(await world.operations.findForeignChanges(record)).toEqual([]);
    setLimit('512Ki', 'kubectl-edit');
    expect(await world.operations.findForeignChanges(record)).toMatchObject([
      { by: 'field manager kubectl-edit' },
    ]);
  });

  it('names the manager that decides about the object, and the right way', async () => {
    const record = await healed();
    setLimit('256Mi', 'argocd-controller', '2030-01-01T00:00:00Z');
    world.cluster.edit(CHECKOUT, (object) => {
      const annotations = { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:payments/checkout' };
      Object.assign(object['metadata'] as object, { annotations });
    });
    expect(await world.operations.findForeignChanges(record)).toMatchObject([
      {
        by: expect.stringContaining('Argo CD'),
        at: Date.UTC(2030, 0, 1),
        advice: expect.stringMatching(/\.$/),
      },
    ]);
  });

  it('names the autoscaler that sets the replicas of a plan', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id);
    await world.live(plan.risk.watchMs + 20_000);
    world.cluster.edit(CHECKOUT, (object) => Object.assign(object['spec'] as object, { replicas: 2 }));
    const autoscaler = {
      ...anObject('checkout', { namespace: CHECKOUT.namespace }),
      kind: 'HorizontalPodAutoscaler' as const,
      target: { kind: 'Deployment', name: 'checkout' },
      minReplicas: 2,
      maxReplicas: 4,
      currentReplicas: 2,
      desiredReplicas: 2,
      conditions: [],
      metrics: [],
      utilisationOf: [],
      lastScaledAt: 0,
    };
    world.cluster.snapshot = aSnapshot().with(autoscaler).build();
    expect(await world.operations.findForeignChanges(await world.read(plan.id))).toMatchObject([
      {
        pointer: '/spec/replicas',
        by: 'HorizontalPodAutoscaler checkout',
        advice: expect.stringContaining('bounds'),
      },
    ]);
  });

  it('reads as whoever the plan was made for, and says nothing of what it may not read or what is gone', async () => {
    const record = await healed();
    setLimit('256Mi');
    world.cluster.reads.length = 0;
    await world.operations.findForeignChanges(record);
    expect(world.cluster.reads.map(({ user }) => user)).toEqual([HEALER.kubernetes.user]);
    world.cluster.blind.add(HEALER.kubernetes.user);
    expect(await world.operations.findForeignChanges(record)).toEqual([]);
    world.cluster.blind.clear();
    world.cluster.remove(CHECKOUT);
    expect(await world.operations.findForeignChanges(record)).toEqual([]);
  });

  it('says nothing of a plan whose effect was taken back, or never came', async () => {
    const record = await healed();
    setLimit('256Mi', 'kubectl-edit');
    for (const status of ['rolled_back', 'failed', 'denied', 'stale', 'approved'] as const) {
      expect(await world.operations.findForeignChanges({ ...record, status })).toEqual([]);
    }
  });
});
