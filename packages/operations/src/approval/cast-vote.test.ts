import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OperationsWorld, person } from '../operations-world.fixture.ts';

let world: OperationsWorld;

beforeEach(() => {
  world = new OperationsWorld();
});

afterEach(() => world.destroy());

describe('votes', () => {
  it('lets the first terminal outcome win and tells the loser who decided', async () => {
    const { plan } = await world.proposeScale(5);
    const vote = (name: string, decision: 'approve' | 'deny') =>
      world.operations.vote({ planId: plan.id, principal: person(name), decision });
    const results = await Promise.all([
      vote('bob', 'approve'),
      vote('cleo', 'deny'),
      vote('dora', 'approve'),
    ]);
    const record = await world.read(plan.id);
    const winner = record.decidedBy?.displayName ?? 'nobody';
    expect(['approved', 'denied']).toContain(record.status);
    expect(results.filter(({ kind }) => kind === 'counted')).toHaveLength(1);
    for (const { kind, message } of results) if (kind === 'refused') expect(message).toContain(winner);
    expect(await world.store.listVotes(plan.id)).toHaveLength(1);
  });

  it('lets somebody who approved deny, as long as others are still to approve', async () => {
    const { plan } = await world.proposeScale(0, person('ada'));
    await world.approve(plan.id, 'bob');
    const denial = {
      planId: plan.id,
      principal: person('bob'),
      decision: 'deny',
      reason: 'I looked again',
    } as const;
    expect(await world.operations.vote(denial)).toMatchObject({ kind: 'counted' });
    expect(await world.read(plan.id)).toMatchObject({ status: 'denied', decidedBy: { displayName: 'bob' } });
  });

  it('counts a double click once', async () => {
    const { plan } = await world.proposeScale(5);
    await Promise.all([world.approve(plan.id), world.approve(plan.id), world.approve(plan.id)]);
    await world.runJobs();
    expect(world.cluster.writes).toHaveLength(1);
    expect(await world.store.listVotes(plan.id)).toHaveLength(1);
  });

  it('asks for two people where the risk is high, and the requester is none of them', async () => {
    const { plan } = await world.proposeScale(0, person('ada'));
    expect(plan.risk).toMatchObject({ tier: 'high', quorum: { approvals: 2, requesterCounts: false } });
    expect(await world.approve(plan.id, 'ada')).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('somebody else'),
    });
    await world.approve(plan.id, 'bob');
    await world.approve(plan.id, 'bob');
    expect((await world.read(plan.id)).status).toBe('awaiting_approval');
    await world.approve(plan.id, 'cleo');
    expect((await world.read(plan.id)).status).toBe('approved');
  });

  it('refuses a click on a card with another hash, after expiry, and by somebody without rights', async () => {
    const { plan } = await world.proposeScale(5);
    const vote = { planId: plan.id, principal: person('ada'), decision: 'approve' } as const;
    expect(await world.operations.vote({ ...vote, planHash: 'f'.repeat(64) })).toMatchObject({
      kind: 'refused',
    });
    world.cluster.denied.add('carol');
    expect(await world.approve(plan.id, 'carol')).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('Kubernetes does not let you'),
    });
    await world.clock.advance(plan.expiresAt - world.clock.now());
    expect(await world.approve(plan.id)).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('expired'),
    });
    await world.runJobs();
    expect(await world.read(plan.id)).toMatchObject({ status: 'expired' });
    expect(world.cluster.writes).toEqual([]);
  });

  it('lets the requester take the plan back, and ends it', async () => {
    const { plan } = await world.proposeScale(5);
    await world.operations.vote({
      planId: plan.id,
      principal: person('ada'),
      decision: 'deny',
      reason: 'typo',
    });
    expect(await world.read(plan.id)).toMatchObject({
      status: 'cancelled',
      reason: expect.stringContaining('typo'),
    });
    expect(await world.approve(plan.id)).toMatchObject({ kind: 'refused' });
  });
});
