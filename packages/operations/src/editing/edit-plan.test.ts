import type { ConversationId, CorrelationId, PlanId, RequestId } from '@jamie/core';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CHECKOUT, OperationsWorld, person } from '../operations-world.fixture.ts';

let world: OperationsWorld;

beforeEach(() => {
  world = new OperationsWorld();
});

afterEach(() => world.destroy());

function edit(planId: PlanId, replicas: string, name = 'bob') {
  return world.operations.edit({
    planId,
    values: { replicas },
    requester: person(name),
    requestId: 'r_edit' as RequestId,
    conversationId: 'c_1' as ConversationId,
    correlationId: 'x_edit' as CorrelationId,
    planKey: 'request:r_edit',
  });
}

async function editAndStore(planId: PlanId, replicas: string) {
  const edited = await edit(planId, replicas);
  if (edited.kind === 'refused') throw new Error(edited.message);
  return { ...edited, result: await world.store.commit(edited.changes) };
}

describe('an edit', () => {
  it('is a new plan of whoever edits, with its own preview, and settles the old one in the same commit', async () => {
    const { plan: old } = await world.proposeScale(5);
    const { record: fresh, result } = await editAndStore(old.id, '4');
    expect(result).toEqual({ kind: 'committed' });
    expect(fresh.plan).toMatchObject({
      requester: person('bob'),
      replaces: old.id,
      operation: { kind: 'scale', target: CHECKOUT, replicas: 4 },
    });
    expect(fresh.plan.hash).not.toBe(old.hash);
    expect(fresh.plan.preview.diff).toContain('replicas: 4');
    expect(await world.read(old.id)).toMatchObject({
      status: 'denied',
      replacedBy: fresh.plan.id,
      decidedBy: person('bob'),
      reason: `Replaced by ${fresh.plan.id}, which bob edited. Nothing was changed.`,
    });
    expect((await world.read(fresh.plan.id)).status).toBe('awaiting_approval');
  });

  it('lets only the new plan be approved, and has its effect once', async () => {
    const { plan: old } = await world.proposeScale(5);
    const { record: fresh } = await editAndStore(old.id, '4');
    expect(await world.approve(old.id, 'ada')).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(fresh.plan.id),
    });
    await world.approve(fresh.plan.id, 'ada');
    await world.runJobs();
    expect(world.cluster.writes).toHaveLength(1);
    expect((await world.read(old.id)).status).toBe('denied');
  });

  it('needs the approvals of what it asks for now, and none that the old plan had', async () => {
    const { plan: easy } = await world.proposeScale(5);
    expect(easy.risk.quorum.approvals).toBe(1);
    const { record: hard } = await editAndStore(easy.id, '0');
    expect(hard.plan.risk).toMatchObject({ tier: 'high', quorum: { approvals: 2, requesterCounts: false } });
    await world.approve(hard.plan.id, 'cleo');
    const edited = await world.operations.edit({
      planId: hard.plan.id,
      values: { replicas: '1' },
      requester: person('dora'),
      requestId: 'r_again' as RequestId,
      conversationId: 'c_1' as ConversationId,
      correlationId: 'x_again' as CorrelationId,
      planKey: 'request:r_again',
    });
    if (edited.kind === 'refused') throw new Error(edited.message);
    await world.store.commit(edited.changes);
    const fresh = edited.record;
    expect(await world.store.listVotes(fresh.plan.id)).toEqual([]);
  });

  it.each(['approve', 'deny'] as const)(
    'loses against somebody who votes to %s while the edited plan is made, and leaves nothing behind',
    async (decision) => {
      const { plan: old } = await world.proposeScale(5);
      const edited = await edit(old.id, '4');
      if (edited.kind === 'refused') throw new Error(edited.message);
      await world.operations.vote({ planId: old.id, principal: person('cleo'), decision });
      expect(await world.store.commit(edited.changes)).toMatchObject({
        kind: 'conflict',
        reason: 'version_mismatch',
      });
      expect(await world.store.findPlan(edited.record.plan.id)).toBeUndefined();
      expect(await edit(old.id, '4')).toMatchObject({
        kind: 'refused',
        reason: 'decided',
        message: expect.stringContaining('cleo'),
      });
    },
  );

  it('makes the same plan again when it is repeated before it was stored', async () => {
    const { plan: old } = await world.proposeScale(5);
    const [first, second] = [await edit(old.id, '4'), await edit(old.id, '4')];
    if (first.kind === 'refused' || second.kind === 'refused') throw new Error('refused');
    expect(second.record.plan.id).toBe(first.record.plan.id);
    await world.store.commit(first.changes);
    expect((await world.store.commit(second.changes)).kind).toBe('conflict');
  });

  it('is refused to whoever may not make the change, after the plan has expired, and where nothing is to edit', async () => {
    const { plan } = await world.proposeScale(5);
    world.cluster.denied.add('mallory');
    expect(await edit(plan.id, '4', 'mallory')).toMatchObject({ reason: 'not_permitted' });
    expect(await edit(plan.id, '5')).toMatchObject({ reason: 'no_change' });
    const restart = await world.propose({ kind: 'restart', target: CHECKOUT });
    expect(await edit(restart.plan.id, '5')).toMatchObject({ reason: 'nothing_to_edit' });
    await world.clock.advance(plan.risk.expiresAfterMs);
    expect(await edit(plan.id, '4')).toMatchObject({ reason: 'expired' });
  });

  it('keeps the old plan where the new one cannot be made', async () => {
    const { plan } = await world.proposeScale(5);
    expect(await edit(plan.id, '3')).toMatchObject({ kind: 'refused', reason: 'no_change' });
    expect((await world.read(plan.id)).status).toBe('awaiting_approval');
  });
});

describe('readEdit', () => {
  it('tells what there is to edit to whoever may, and offers it on the card', async () => {
    const { plan } = await world.proposeScale(5);
    expect(await world.operations.readEdit(plan.id, person('bob'))).toMatchObject({
      kind: 'editable',
      form: { planHash: plan.hash, fields: [{ name: 'replicas', value: '5', minimum: 0 }] },
    });
    expect((await world.operations.readCard(plan.id)).actions).toEqual(['approve', 'edit', 'deny']);
    world.cluster.denied.add('mallory');
    expect((await world.operations.readEdit(plan.id, person('mallory'))).kind).toBe('refused');
  });

  it('offers nothing on the card of a plan that has nothing to edit', async () => {
    const { plan } = await world.propose({ kind: 'restart', target: CHECKOUT });
    expect((await world.operations.readCard(plan.id)).actions).toEqual(['approve', 'deny']);
    expect((await world.operations.readEdit(plan.id, person('bob'))).kind).toBe('refused');
  });
});
