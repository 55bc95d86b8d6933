import type { PlanId } from '@jamie/core';
import { canonicalJson } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OperationsWorld } from './operations-world.fixture.ts';

let world: OperationsWorld;

beforeEach(() => {
  world = new OperationsWorld();
});

afterEach(() => world.destroy());

async function detailsOf(planId: PlanId, key: string) {
  const records = await world.store.listRecentAudit({ planId, limit: 1_000 });
  return records.toReversed().flatMap(({ entry }) => (key in entry.details ? [entry.details] : []));
}

describe('the audit of a plan', () => {
  it('tells of every vote, every intent and every end of one, in the commit that stores them', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id, 'bob');
    await world.runJobs();
    expect(await detailsOf(plan.id, 'votes')).toMatchObject([
      { votes: [{ by: expect.stringContaining('bob'), user: 'bob', vote: 'approve', planHash: plan.hash }] },
    ]);
    const intents = await world.store.listIntents(plan.id);
    expect(intents).toHaveLength(1);
    const request = world.context.digest(canonicalJson(plan.steps[0]?.request));
    expect(await detailsOf(plan.id, 'intents')).toMatchObject([
      { intents: [{ intentId: intents[0]?.id, phase: 'execute', request }] },
    ]);
    expect(await detailsOf(plan.id, 'ended')).toMatchObject([
      { ended: [{ intentId: intents[0]?.id, outcome: { kind: 'applied' } }] },
    ]);
  });

  it('tells of the plan as it was shown, and of the decision as it was signed', async () => {
    const { plan } = await world.proposeScale(5);
    await world.approve(plan.id, 'bob');
    expect(await detailsOf(plan.id, 'policyVersion')).toMatchObject([
      { hash: plan.hash, policyVersion: plan.policyVersion, requestId: plan.requestId },
    ]);
    const [approved] = await detailsOf(plan.id, 'decision');
    const record = await world.read(plan.id);
    expect(approved).toMatchObject({
      decision: { basis: 'quorum', signature: { ...record.approval?.signature } },
    });
  });
});
