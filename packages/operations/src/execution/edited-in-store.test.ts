import type { Plan, PlanId, PlanRecord } from '@jamie/core';
import { isTerminal, OpsError } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OperationsWorld } from '../operations-world.fixture.ts';
import { buildPart, proposeParts, settleParts } from './several-steps.fixture.ts';

let world: OperationsWorld;

beforeEach(() => {
  world = new OperationsWorld();
});

afterEach(() => world.destroy());

/** What somebody with a hand in the database writes into a plan, whoever has approved it before. */
async function editStored(planId: PlanId, edit: (plan: Plan) => Partial<Plan>): Promise<void> {
  const record = await world.read(planId);
  const plan = { ...record.plan, ...edit(record.plan) };
  await world.store.commit([
    {
      kind: 'plan.update',
      expectedVersion: record.version,
      record: { ...record, version: record.version + 1, plan },
    },
  ]);
}

async function end(planId: PlanId): Promise<PlanRecord> {
  for (let second = 0; second < 200; second += 1) {
    await world.runJobs();
    const record = await world.read(planId);
    if (isTerminal(record.status)) return record;
    settleParts(world);
    await world.clock.advance(1_000);
  }
  throw new Error('the plan does not end');
}

async function approvedPlan(): Promise<Plan> {
  const parts = [buildPart(world, 'label', 1), buildPart(world, 'cordon', 2)];
  const { plan } = await proposeParts(world, parts, { onPartialFailure: 'compensate' });
  await world.approve(plan.id);
  return plan;
}

/** Every step sends what its neighbour's does. */
const withOtherRequests = (steps: Plan['steps']): Plan['steps'] =>
  steps.map((step, index) => {
    const { request } = steps[(index + 1) % steps.length] ?? step;
    return { ...step, request };
  });

/** One edit for each field that an approver was shown or relies on. */
const EDITS: readonly (readonly [string, (plan: Plan) => Partial<Plan>])[] = [
  [
    'operation',
    ({ steps }) => ({ operation: { kind: 'cordon', target: { kind: 'Node', name: String(steps.length) } } }),
  ],
  ['headline', () => ({ headline: 'Do something else' })],
  ['requests', ({ steps }) => ({ steps: withOtherRequests(steps) })],
  [
    'uids',
    ({ steps }) => ({ steps: steps.map((step) => ({ ...step, target: { ...step.target, uid: 'other' } })) }),
  ],
  ['expected fields', ({ steps }) => ({ steps: steps.map((step) => ({ ...step, expected: {} })) })],
  ['number of steps', ({ steps }) => ({ steps: steps.slice(0, 1) })],
  ['preview', ({ preview }) => ({ preview: { ...preview, diff: '' } })],
  ['blast radius', ({ blastRadius }) => ({ blastRadius: { ...blastRadius, podsAffected: 99 } })],
  ['quorum', ({ risk }) => ({ risk: { ...risk, quorum: { approvals: 0, requesterCounts: true } } })],
  ['tier', ({ risk }) => ({ risk: { ...risk, tier: 'high' } })],
  ['way back', ({ rollback }) => ({ rollback: withOtherRequests(rollback) })],
  ['answer to a half', () => ({ onPartialFailure: 'hold' })],
  ['conditions', () => ({ postConditions: [] })],
  ['requester', ({ requester }) => ({ requester: { ...requester, id: 'slack:T1:bob' } })],
  [
    'Kubernetes user',
    ({ requester }) => ({ requester: { ...requester, kubernetes: { user: 'root', groups: [] } } }),
  ],
  [
    'Kubernetes groups',
    ({ requester }) => ({
      requester: { ...requester, kubernetes: { ...requester.kubernetes, groups: ['admins'] } },
    }),
  ],
  ['expiry', ({ expiresAt }) => ({ expiresAt: expiresAt + 1 })],
  ['policy version', () => ({ policyVersion: 'other' })],
  ['rules', () => ({ policyRules: ['mine'] })],
];

describe('a plan that is edited in the store after its approval', () => {
  it.each(EDITS)('sends nothing before its first request when its %s differs', async (_what, edit) => {
    const { id } = await approvedPlan();
    await editStored(id, edit);
    await world.runJobs();
    const { status, reason } = await world.read(id);
    expect({ status, writes: world.cluster.writes }).toEqual({ status: 'refused', writes: [] });
    expect(reason).toContain('Nothing was changed.');
  });

  it.each(EDITS)('sends nothing more once it is taken up again when its %s differs', async (_what, edit) => {
    const { id } = await approvedPlan();
    const stop = new AbortController();
    world.cluster.afterWrite = () => stop.abort();
    await expect(world.operations.execute(id, stop.signal)).rejects.toThrow('stops');
    world.cluster.afterWrite = () => undefined;
    await editStored(id, edit);
    const { status, reason } = await end(id);
    expect(world.cluster.writes).toHaveLength(1);
    expect(status).toBe('failed');
    expect(reason).toMatch(/Somebody has to look at/);
  });

  it('sends nothing to a cluster that nobody was shown', async () => {
    const { id } = await approvedPlan();
    await editStored(id, () => ({ cluster: 'prod-us' }));
    await expect(world.operations.execute(id)).rejects.toThrow('no such cluster');
    expect(world.cluster.writes).toEqual([]);
  });

  it('says that it cannot tell about a request that was in the air', async () => {
    const { id } = await approvedPlan();
    world.cluster.afterWrite = () => {
      world.cluster.beforeRead = () => {
        throw new OpsError('unavailable', 'no answer');
      };
      throw new OpsError('timeout', 'no answer');
    };
    await expect(world.operations.execute(id)).rejects.toThrow();
    await editStored(id, () => ({ headline: 'Do something else' }));
    expect(await end(id)).toMatchObject({ status: 'inconclusive' });
    const intents = await world.store.listIntents(id);
    expect(intents.map(({ outcome }) => outcome?.kind)).toEqual(['not_applied']);
    expect(world.cluster.writes).toHaveLength(1);
  });

  it('takes nothing back by a way back that nobody was shown', async () => {
    const { id } = await approvedPlan();
    world.cluster.beforeWrite = ({ target }) => {
      if (target.kind === 'Node') throw new OpsError('forbidden', 'forbidden');
    };
    await world.operations.execute(id);
    expect((await world.read(id)).status).toBe('rolling_back');
    await editStored(id, ({ rollback }) => ({ rollback: withOtherRequests(rollback) }));
    expect(await end(id)).toMatchObject({
      status: 'rollback_failed',
      reason: expect.stringContaining('The stored plan is not the one that was approved'),
    });
    expect(world.cluster.writes).toHaveLength(1);
  });

  it('takes nothing back for a plan that nobody approved', async () => {
    const { id } = await approvedPlan();
    const { approval: _taken, ...record } = await world.read(id);
    await world.store.commit([
      {
        kind: 'plan.update',
        expectedVersion: record.version,
        record: { ...record, version: record.version + 1, status: 'rolling_back' },
      },
    ]);
    await world.operations.rollBack(id);
    expect(await world.read(id)).toMatchObject({
      status: 'rollback_failed',
      reason: expect.stringContaining('There is no recorded approval'),
    });
    expect(world.cluster.writes).toEqual([]);
  });
});
