import { PLAN_STATUSES, type Plan, type PlanRecord, type Principal, type Vote } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { type CastVote, countApprovals, decideVote } from './vote.ts';

const person = (name: string): Principal => ({
  id: name,
  displayName: name,
  kubernetes: { user: name, groups: [] },
  source: 'slack',
});

function record(overrides: Partial<PlanRecord> = {}, approvals = 2, requesterCounts = false): PlanRecord {
  const plan = {
    id: 'p-00000000',
    hash: 'h',
    cluster: 'prod',
    requester: person('ada'),
    expiresAt: 1_000,
    risk: { quorum: { approvals, requesterCounts } },
  } as unknown as Plan;
  return { plan, status: 'awaiting_approval', version: 1, updatedAt: 0, reason: '', ...overrides };
}

const cast = (name: string, overrides: Partial<CastVote> = {}): CastVote => ({
  principal: person(name),
  planHash: 'h',
  decision: 'approve',
  now: 10,
  access: { allowed: true, reason: '' },
  ...overrides,
});

const vote = (name: string, decision: Vote['decision'] = 'approve', planHash = 'h'): Vote => ({
  planId: 'p-00000000' as never,
  planHash,
  principal: person(name),
  decision,
  at: 1,
});

describe('decideVote', () => {
  it('counts approvals of different people until the quorum is reached', () => {
    expect(decideVote(record(), [], cast('bob'))).toEqual({
      kind: 'approve',
      completes: false,
      approvals: 1,
    });
    expect(decideVote(record(), [vote('bob')], cast('cleo'))).toEqual({
      kind: 'approve',
      completes: true,
      approvals: 2,
    });
    expect(decideVote(record(), [vote('bob')], cast('bob'))).toEqual({ kind: 'repeat' });
  });

  it('does not count approvals of another hash', () => {
    expect(countApprovals([vote('bob', 'approve', 'other'), vote('cleo')], record().plan)).toBe(1);
  });

  it('lets the requester count only where the tier says so', () => {
    expect(decideVote(record(), [], cast('ada'))).toMatchObject({ kind: 'refuse', reason: 'requester' });
    expect(decideVote(record({}, 1, true), [], cast('ada'))).toMatchObject({
      kind: 'approve',
      completes: true,
    });
  });

  it('ends the plan at the first denial by somebody who may approve', () => {
    expect(decideVote(record(), [vote('bob')], cast('cleo', { decision: 'deny' }))).toEqual({ kind: 'deny' });
  });

  it('lets the requester take the plan back, even without rights', () => {
    const access = { allowed: false, reason: '' };
    expect(decideVote(record(), [], cast('ada', { decision: 'deny', access }))).toEqual({ kind: 'cancel' });
  });

  it.each(['approve', 'deny'] as const)(
    'refuses to %s for somebody who may not make the change',
    (decision) => {
      const access = { allowed: false, reason: 'no rule' };
      expect(decideVote(record(), [], cast('eve', { decision, access }))).toMatchObject({
        reason: 'not_permitted',
        message: expect.stringContaining('no rule'),
      });
    },
  );

  it('refuses a vote on another hash, and from the moment of expiry', () => {
    expect(decideVote(record(), [], cast('bob', { planHash: 'x' }))).toMatchObject({ reason: 'other_plan' });
    expect(decideVote(record(), [], cast('bob', { now: 999 }))).toMatchObject({ kind: 'approve' });
    expect(decideVote(record(), [], cast('bob', { now: 1_000 }))).toMatchObject({ reason: 'expired' });
  });

  it.each(PLAN_STATUSES.filter((status) => status !== 'awaiting_approval'))(
    'refuses every vote on a plan that is %s',
    (status) => {
      const decided = record({ status, decidedBy: person('bob') });
      for (const decision of ['approve', 'deny'] as const) {
        const result = decideVote(decided, [], cast('cleo', { decision }));
        expect(result).toMatchObject({ kind: 'refuse', reason: 'decided' });
      }
    },
  );

  it('tells the loser of a race who decided, and the winner that the vote was counted', () => {
    const approved = record({ status: 'approved', decidedBy: person('bob') });
    expect(decideVote(approved, [vote('bob')], cast('cleo'))).toMatchObject({
      message: expect.stringContaining('bob'),
    });
    expect(decideVote(approved, [vote('bob')], cast('bob'))).toEqual({ kind: 'repeat' });
  });
});
