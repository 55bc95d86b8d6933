import type { PlanId } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CHECKOUT, deployment, OperationsWorld } from '../operations-world.fixture.ts';

let world: OperationsWorld;

beforeEach(() => {
  world = new OperationsWorld();
});

afterEach(() => world.destroy());

describe('an object that changes between preview and click', () => {
  it('makes the plan stale: nothing is written and a fresh card takes its place', async () => {
    const { plan } = await world.proposeScale(5);
    world.cluster.edit(CHECKOUT, (object) => Object.assign(object['spec'] as object, { replicas: 4 }));
    await world.approve(plan.id);
    await world.runJobs();
    const record = await world.read(plan.id);
    expect(record).toMatchObject({ status: 'stale', reason: expect.stringContaining('spec.replicas 3 → 4') });
    expect(world.cluster.writes).toEqual([]);
    const fresh = await world.read(record.replacedBy as PlanId);
    expect(fresh).toMatchObject({ status: 'awaiting_approval', plan: { replaces: plan.id } });
    expect(fresh.plan.headline).toContain('4 → 5');
  });

  it('does not make the plan stale when only status flaps', async () => {
    const { plan } = await world.proposeScale(5);
    for (const ready of [0, 3, 1, 2]) world.cluster.settle(CHECKOUT, ready);
    await world.approve(plan.id);
    await world.runJobs();
    expect(world.cluster.writes).toHaveLength(1);
  });

  it('makes the plan stale when the object was deleted and made anew', async () => {
    const { plan } = await world.proposeScale(5);
    const again = deployment(3);
    world.cluster.put({ ...again, metadata: { ...again.metadata, uid: 'uid-other' } });
    await world.approve(plan.id);
    await world.runJobs();
    expect(await world.read(plan.id)).toMatchObject({ status: 'stale' });
    expect(world.cluster.writes).toEqual([]);
  });

  it('ends stale without a fresh card when the object is gone', async () => {
    const { plan } = await world.proposeScale(5);
    world.cluster.remove(CHECKOUT);
    await world.approve(plan.id);
    await world.runJobs();
    const record = await world.read(plan.id);
    expect(record).toMatchObject({ status: 'stale', reason: expect.stringContaining('not found') });
    expect(record.replacedBy).toBeUndefined();
  });
});

describe('the look before the start', () => {
  const readsOfCheckout = () =>
    world.cluster.reads.filter(({ path }) => path.endsWith(`/${CHECKOUT.name}`)).length;

  it('serves the first request too, which names the version that was read', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id);
    let readsBefore = 0;
    let readsAtWrite = 0;
    world.cluster.beforeWrite = () => {
      readsAtWrite = readsOfCheckout() - readsBefore;
    };
    readsBefore = readsOfCheckout();
    await world.operations.execute(plan.id);
    expect(readsAtWrite).toBe(1);
  });

  it.each([
    ['only its status changes in between, and sends', 3, 1],
    ['it is changed in between, and sends nothing', 4, 0],
  ])('is repeated where %s', async (_what, replicas, writes) => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id);
    let isFirst = true;
    world.cluster.beforeWrite = () => {
      if (!isFirst) return;
      isFirst = false;
      world.cluster.edit(CHECKOUT, (object) => Object.assign(object['spec'] as object, { replicas }));
    };
    await world.operations.execute(plan.id);
    expect(world.cluster.writes).toHaveLength(writes);
    expect((await world.read(plan.id)).status).toBe(writes === 1 ? 'verifying' : 'stale');
  });
});

describe('what must hold at the start', () => {
  it('refuses when the requester lost the right between approval and start', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id, 'bob');
    world.cluster.denied.add('ada');
    await world.runJobs();
    expect(await world.read(plan.id)).toMatchObject({ status: 'refused' });
    expect(world.cluster.writes).toEqual([]);
  });

  it('refuses when an approver lost the right between approval and start', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id, 'bob');
    world.cluster.denied.add('bob');
    await world.runJobs();
    expect(await world.read(plan.id)).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('bob'),
    });
    expect(world.cluster.writes).toEqual([]);
  });

  it('does not start a plan that expired after its approval', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id);
    await world.clock.advance(plan.expiresAt - world.clock.now());
    await world.runJobs();
    expect(await world.read(plan.id)).toMatchObject({ status: 'expired' });
    expect(world.cluster.writes).toEqual([]);
  });

  it('refuses a stored plan that was altered after its approval', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id);
    const record = await world.read(plan.id);
    const headline = 'Scale something else';
    await world.store.commit([
      {
        kind: 'plan.update',
        expectedVersion: record.version,
        record: { ...record, version: record.version + 1, plan: { ...plan, headline } },
      },
    ]);
    await world.runJobs();
    expect(await world.read(plan.id)).toMatchObject({ status: 'refused' });
    expect(world.cluster.writes).toEqual([]);
  });

  it('refuses when the requester may no longer look at the object, instead of trying for ever', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id, 'bob');
    world.cluster.beforeRead = () => {
      throw new OpsError('forbidden', 'forbidden', { userMessage: 'ada may not read it.' });
    };
    await world.runJobs();
    expect(await world.read(plan.id)).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining('ada may not'),
    });
  });

  it('says that it cannot tell when it was interrupted while sending and may no longer look', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id, 'bob');
    world.cluster.afterWrite = () => {
      world.cluster.beforeRead = () => {
        throw new OpsError('forbidden', 'forbidden');
      };
      throw new OpsError('timeout', 'no answer');
    };
    await world.runJobs();
    expect(await world.read(plan.id)).toMatchObject({
      status: 'inconclusive',
      reason: expect.stringContaining('cannot tell'),
    });
  });

  it('refuses the namespaces that no configuration opens, before anything is asked of the cluster', async () => {
    for (const namespace of ['kube-system', 'jamie-scarlet']) {
      const target = { ...CHECKOUT, namespace };
      world.cluster.put({ ...deployment(3), metadata: { ...deployment(3).metadata, namespace } });
      await expect(world.propose({ kind: 'scale', target, replicas: 5 })).rejects.toThrow(namespace);
    }
  });
});
