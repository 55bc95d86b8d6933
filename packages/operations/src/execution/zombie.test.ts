import type { ClusterWriter, PlanId } from '@jamie/core';
import { isOpsError, isTerminal } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Operations } from '../operations.ts';
import { OperationsWorld, TIMING } from '../operations-world.fixture.ts';
import { buildPart, PART_KINDS, proposeParts, settleParts } from './several-steps.fixture.ts';

let world: OperationsWorld;

beforeEach(() => {
  world = new OperationsWorld();
});

afterEach(() => world.destroy());

/** A worker that is stopped with its `nth` request in its hands, and sends it after all once `meanwhile` has happened. */
function stoppedWorker(nth: number, meanwhile: () => Promise<void>): Operations {
  const connection = world.cluster.connect();
  let sends = 0;
  const send: ClusterWriter['send'] = async (request, resourceVersion, permit) => {
    sends += 1;
    if (sends === nth) await meanwhile();
    return connection.writer.send(request, resourceVersion, permit);
  };
  const dryRun: ClusterWriter['dryRun'] = (request, as) => connection.writer.dryRun(request, as);
  const clusters = {
    list: () => world.cluster.list(),
    connect: () => ({ ...connection, writer: { dryRun, send } }),
  };
  return world.another('worker-1', { clusters });
}

/** What another worker does once the lease of the first has run out: everything, to the end. */
async function takeOver(planId: PlanId, jobsEnd: 'Complete' | 'Failed' = 'Complete'): Promise<void> {
  const second = world.another('worker-2');
  await world.clock.advance(TIMING.leaseMs + 1);
  await second.execute(planId);
  for (let turn = 0; turn < 200; turn += 1) {
    await world.runJobs(second);
    if (isTerminal((await world.read(planId)).status)) return;
    settleParts(world, jobsEnd);
    await world.clock.advance(1_000);
  }
  throw new Error('the plan does not end');
}

const sent = () =>
  world.cluster.writes.map(({ request }) => `${request.verb} ${request.target.kind} ${request.target.name}`);

describe('a worker that was stopped past its lease with a request in its hands', () => {
  it.each(PART_KINDS)('has no second effect: %s', async (kind) => {
    const { plan } = await proposeParts(world, [buildPart(world, kind, 1)]);
    await world.approve(plan.id);
    const zombie = stoppedWorker(1, () => takeOver(plan.id));
    await expect(zombie.execute(plan.id)).rejects.toMatchObject({ code: 'conflict', retryable: true });
    expect(sent()).toHaveLength(1);
    expect(await world.read(plan.id)).toMatchObject({ status: 'succeeded' });
  });

  it.each(PART_KINDS)('has none after the other has gone on to later steps: %s', async (kind) => {
    const parts = [buildPart(world, 'label', 1), buildPart(world, kind, 2), buildPart(world, 'cordon', 3)];
    const { plan } = await proposeParts(world, parts);
    await world.approve(plan.id);
    const zombie = stoppedWorker(2, () => takeOver(plan.id));
    await expect(zombie.execute(plan.id)).rejects.toMatchObject({ code: 'conflict', retryable: true });
    expect(new Set(sent()).size).toBe(3);
    expect(sent()).toHaveLength(3);
  });

  it.each(['label', 'scale', 'cordon', 'apply', 'delete'] as const)(
    'has none after the other has taken the change back: %s',
    async (kind) => {
      const parts = [buildPart(world, kind, 1), buildPart(world, 'create', 2)];
      const { plan } = await proposeParts(world, parts);
      await world.approve(plan.id);
      const zombie = stoppedWorker(1, () => takeOver(plan.id, 'Failed'));
      await expect(zombie.execute(plan.id)).rejects.toThrow();
      expect(await world.read(plan.id)).toMatchObject({ status: 'rolled_back' });
      expect(sent()).toHaveLength(3);
    },
  );

  it('has none in a rollback either', async () => {
    const { plan } = await proposeParts(world, [buildPart(world, 'label', 1), buildPart(world, 'create', 2)]);
    await world.approve(plan.id);
    await world.runJobs();
    settleParts(world, 'Failed');
    await world.operations.verify(plan.id, 1);
    const second = world.another('worker-2');
    const zombie = stoppedWorker(1, async () => {
      await world.clock.advance(TIMING.leaseMs + 1);
      await second.rollBack(plan.id);
    });
    await expect(zombie.rollBack(plan.id)).rejects.toMatchObject({ retryable: true });
    expect(sent()).toHaveLength(3);
    expect(await world.read(plan.id)).toMatchObject({ status: 'verifying_rollback' });
  });

  it('gets no further than its next intent, even when what it holds would do no harm', async () => {
    const { plan } = await proposeParts(world, [buildPart(world, 'label', 1), buildPart(world, 'cordon', 2)]);
    await world.approve(plan.id);
    const zombie = stoppedWorker(1, async () => {
      await world.clock.advance(TIMING.leaseMs + 1);
      await world.another('worker-2').execute(plan.id);
    });
    const outcome = await zombie.execute(plan.id).catch((error: unknown) => error);
    expect(isOpsError(outcome, 'conflict')).toBe(true);
    expect(sent()).toEqual(['patch ConfigMap labelled-1', 'patch Node worker-2']);
  });
});
