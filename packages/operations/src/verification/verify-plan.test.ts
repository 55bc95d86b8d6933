import { OpsError } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CHECKOUT, OperationsWorld, patchOf, TIMING } from '../operations-world.fixture.ts';

let world: OperationsWorld;

beforeEach(() => {
  world = new OperationsWorld();
});

afterEach(() => world.destroy());

describe('a change that makes things worse', () => {
  it('is rolled back by itself when its pods never become ready, and the card says so', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id);
    await world.runJobs();
    await world.live(TIMING.verifyWithinMs + 2_000, false);
    await world.live(TIMING.readyForMs + 3_000);
    const record = await world.read(plan.id);
    expect(record).toMatchObject({ status: 'rolled_back' });
    expect(record.reason).toMatch(/worse.*Rolled back and verified/);
    expect(world.cluster.writes.map((write) => patchOf(write.request).at(-1))).toMatchObject([
      { value: 5 },
      { value: 3 },
    ]);
  });

  it('is rolled back early when new pods cannot start', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id);
    await world.runJobs();
    world.cluster.settle(CHECKOUT, 3);
    world.cluster.breakPods(CHECKOUT, 'ImagePullBackOff');
    await world.live(TIMING.failFastAfterMs + 3_000, false);
    expect((await world.read(plan.id)).reason).toContain('ImagePullBackOff');
    expect(world.cluster.writes).toHaveLength(2);
  });

  it('is rolled back when it gets worse while it is watched, but may flap', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id);
    await world.runJobs();
    await world.live(TIMING.readyForMs + 3_000);
    expect((await world.read(plan.id)).status).toBe('watching');
    world.cluster.settle(CHECKOUT, 2);
    await world.live(5_000, false);
    await world.live(10_000);
    expect((await world.read(plan.id)).status).toBe('watching');
    world.cluster.settle(CHECKOUT, 2);
    await world.live(TIMING.failFastAfterMs + 10_000, false);
    expect(['rolling_back', 'verifying_rollback']).toContain((await world.read(plan.id)).status);
  });

  it('is left alone when somebody else changed the target meanwhile', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id);
    await world.runJobs();
    world.cluster.edit(CHECKOUT, (object) => Object.assign(object['spec'] as object, { replicas: 8 }));
    await world.live(3_000, false);
    expect(await world.read(plan.id)).toMatchObject({
      status: 'inconclusive',
      reason: expect.stringContaining('Somebody else'),
    });
    expect(world.cluster.writes).toHaveLength(1);
  });

  it('says who changed the target meanwhile, where the object tells', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id);
    await world.runJobs();
    const entry = {
      manager: 'kubectl-edit',
      operation: 'Update',
      fieldsV1: { 'f:spec': { 'f:replicas': {} } },
    };
    world.cluster.edit(CHECKOUT, (object) => {
      Object.assign(object['spec'] as object, { replicas: 8 });
      Object.assign(object['metadata'] as object, { managedFields: [entry] });
    });
    await world.live(3_000, false);
    expect((await world.read(plan.id)).reason).toMatch(
      /^Applied, but not verified: The target was changed meanwhile by field manager kubectl-edit, so I stopped/,
    );
  });

  it('is never called a success when nobody could look', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id);
    await world.runJobs();
    world.cluster.beforeRead = () => {
      throw new OpsError('unavailable', 'away');
    };
    await world.live(TIMING.verifyWithinMs + 3_000, false);
    expect(await world.read(plan.id)).toMatchObject({
      status: 'inconclusive',
      reason: expect.stringContaining('not verified'),
    });
  });
});
