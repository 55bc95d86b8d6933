import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CHECKOUT, OperationsWorld, patchOf, TIMING } from './operations-world.fixture.ts';

let world: OperationsWorld;

beforeEach(() => {
  world = new OperationsWorld();
});

afterEach(() => world.destroy());

describe('a change that goes well', () => {
  it('is planned, approved, sent once, verified and watched, and every step is in the audit', async () => {
    const { plan } = await world.proposeScale(5);
    expect(plan.headline).toBe('Scale Deployment checkout 3 → 5 in payments on test');
    expect(plan.preview.changes).toEqual([{ pointer: '/spec/replicas', before: 3, after: 5 }]);
    expect(plan.preview.diff).toContain('-  replicas: 3\n+  replicas: 5');
    expect(plan.risk).toMatchObject({ tier: 'low', quorum: { approvals: 1, requesterCounts: true } });
    expect(world.cluster.writes).toEqual([]);

    expect(await world.approve(plan.id)).toMatchObject({ kind: 'counted' });
    await world.runJobs();
    expect(world.cluster.writes).toMatchObject([{ user: 'ada' }]);
    expect((await world.read(plan.id)).status).toBe('verifying');

    await world.live(TIMING.readyForMs + 3_000);
    expect((await world.read(plan.id)).status).toBe('watching');
    await world.live(plan.risk.watchMs + 10_000);
    expect(await world.read(plan.id)).toMatchObject({ status: 'succeeded' });
    expect(world.cluster.writes).toHaveLength(1);
    expect((await world.store.listAudit(0, 1_000)).map((record) => record.entry.kind)).toEqual(
      expect.arrayContaining([
        'plan.proposed',
        'plan.approved',
        'plan.lease_taken',
        'plan.lease_renewed',
        'plan.applied',
        'plan.verified',
        'plan.succeeded',
      ]),
    );
  });

  it('is undone by a new plan that restores what was there', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id);
    await world.runJobs();
    world.cluster.settle(CHECKOUT);
    const undo = await world.propose({ kind: 'undo', planId: plan.id });
    expect(undo.plan.headline).toContain('5 → 3');
    await world.approve(undo.plan.id, 'bob', 'cleo');
    await world.runJobs();
    await world.live(TIMING.readyForMs + 3_000);
    expect(world.cluster.writes.map((write) => patchOf(write.request).at(-1))).toMatchObject([
      { value: 5 },
      { value: 3 },
    ]);
    expect(await world.read(plan.id)).toMatchObject({ undoneBy: undo.plan.id, status: 'succeeded' });
    await expect(world.propose({ kind: 'undo', planId: plan.id })).rejects.toThrow('undone already');
  });

  it('scales to zero and back, where a Scale has no replicas field', async () => {
    const { plan } = await world.proposeScale(0);
    await world.approve(plan.id, 'bob', 'cleo');
    await world.runJobs();
    await world.live(TIMING.readyForMs);
    expect(await world.read(plan.id)).toMatchObject({ status: 'watching' });
    const undo = await world.propose({ kind: 'undo', planId: plan.id });
    expect(undo.plan.preview.changes).toEqual([{ pointer: '/spec/replicas', before: 0, after: 3 }]);
    await world.approve(undo.plan.id, 'bob', 'cleo');
    await world.live(TIMING.readyForMs + 3_000);
    expect(await world.read(undo.plan.id)).toMatchObject({ status: 'watching' });
    expect(world.cluster.writes).toHaveLength(2);
  });

  it('says on the undo card when somebody moved the field since', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id);
    await world.runJobs();
    world.cluster.edit(CHECKOUT, (object) => Object.assign(object['spec'] as object, { replicas: 7 }));
    const undo = await world.propose({ kind: 'undo', planId: plan.id });
    expect(undo.plan.preview.warnings.join(' ')).toContain('set to 5 then and is 7 now');
  });

  it('restarts pods by the annotation that kubectl sets, with the time fixed in the plan', async () => {
    const { plan } = await world.propose({ kind: 'restart', target: CHECKOUT });
    await world.approve(plan.id, 'bob');
    await world.approve(plan.id, 'cleo');
    await world.runJobs();
    const written = patchOf(world.cluster.writes[0]?.request).at(-1);
    expect(written).toMatchObject({
      path: '/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt',
    });
    await world.operations.execute(plan.id);
    expect(world.cluster.writes).toHaveLength(1);
  });

  it('rolls back to the template of an earlier revision', async () => {
    world.cluster.put(replicaSet('checkout-1', '1', 'checkout:1'));
    world.cluster.put(replicaSet('checkout-2', '2', 'checkout:2'));
    const { plan } = await world.propose({ kind: 'rollback', target: CHECKOUT });
    expect(plan.headline).toContain('from revision 2 to 1');
    expect(plan.preview.diff).toContain('checkout:1');
    await world.approve(plan.id, 'bob');
    await world.approve(plan.id, 'cleo');
    await world.runJobs();
    expect(JSON.stringify(world.cluster.writes[0]?.request)).toContain('checkout:1');
    expect(JSON.stringify(world.cluster.writes[0]?.request)).not.toContain('pod-template-hash');
  });
});

function replicaSet(name: string, revision: string, image: string) {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name,
      namespace: 'payments',
      labels: { app: 'checkout', 'pod-template-hash': name },
      uid: `uid-${name}`,
      resourceVersion: '5',
      creationTimestamp: '2026-01-01T00:00:00Z',
      annotations: { 'deployment.kubernetes.io/revision': revision },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'checkout', uid: 'uid-checkout' }],
    },
    spec: {
      template: {
        metadata: { labels: { app: 'checkout', 'pod-template-hash': name } },
        spec: { containers: [{ name: 'app', image }] },
      },
    },
  };
}
