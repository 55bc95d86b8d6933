import { PLAN_STATUSES, type Plan, type PlanRecord, type Principal, type Vote } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
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

const allowed = { allowed: true, reason: '' };

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

  it('counts no automation, whatever its rights', () => {
    const bot: Principal = { ...person('healer'), source: 'automation' };
    for (const decision of ['approve', 'deny'] as const) {
      expect(decideVote(record(), [], cast('healer', { principal: bot, decision }))).toMatchObject({
        kind: 'refuse',
        reason: 'automation',
      });
    }
  });

  describe('where only some teams count', () => {
    const limited = record();
    const owned = {
      ...limited,
      plan: {
        ...limited.plan,
        risk: { ...limited.plan.risk, quorum: { ...limited.plan.risk.quorum, fromTeams: ['payments'] } },
      },
    } as PlanRecord;

    it('counts people of those teams alone, and lets everybody with rights deny', () => {
      const member = { ...person('bob'), teams: ['payments'] };
      expect(decideVote(owned, [], cast('bob', { principal: member }))).toMatchObject({ kind: 'approve' });
      expect(decideVote(owned, [], cast('cleo'))).toMatchObject({ kind: 'refuse', reason: 'other_team' });
      expect(decideVote(owned, [], cast('cleo', { decision: 'deny' }))).toEqual({ kind: 'deny' });
    });
  });

  describe('with somebody standing in', () => {
    const denied = { allowed: false, reason: '' };
    const lent = (name: string, access = allowed) => ({ principal: person(name), access });

    it('takes the approval of whom the voter stands in for, where the voter has none', () => {
      const given = cast('eve', { access: denied, standsInFor: [lent('bob')] });
      expect(decideVote(record(), [], given)).toMatchObject({
        kind: 'approve',
        approvals: 1,
        onBehalfOf: { id: 'bob' },
      });
    });

    it("takes the voter's own approval first", () => {
      expect(decideVote(record(), [], cast('eve', { standsInFor: [lent('bob')] }))).not.toHaveProperty(
        'onBehalfOf',
      );
    });

    it('lets nobody approve who could not, and no approval count twice', () => {
      const through = (overrides: Partial<CastVote>) =>
        cast('eve', { access: denied, standsInFor: [lent('bob')], ...overrides });
      expect(decideVote(record(), [], through({ standsInFor: [lent('bob', denied)] }))).toMatchObject({
        reason: 'not_permitted',
      });
      expect(decideVote(record(), [vote('bob')], through({}))).toMatchObject({ reason: 'already_voted' });
      const lentVote: Vote = { ...vote('dora'), onBehalfOf: person('bob') };
      expect(decideVote(record(), [lentVote], through({}))).toMatchObject({ reason: 'already_voted' });
      expect(decideVote(record(), [lentVote], cast('bob'))).toMatchObject({ reason: 'already_voted' });
    });

    it('never lets the requester approve through somebody, nor somebody for the requester', () => {
      expect(decideVote(record(), [], cast('ada', { standsInFor: [lent('bob')] }))).toMatchObject({
        reason: 'requester',
      });
      const forRequester = cast('eve', { access: denied, standsInFor: [lent('ada')] });
      expect(decideVote(record(), [], forRequester)).toMatchObject({ kind: 'refuse' });
    });
  });

  it('counts one person who stands in for two others with two accounts once', () => {
    const second: Principal = { ...person('eve-2'), kubernetes: { user: 'eve', groups: [] } };
    const first: Vote = { ...vote('eve'), onBehalfOf: person('bob') };
    const access = { allowed: false, reason: '' };
    const forCleo = cast('eve-2', {
      principal: second,
      access,
      standsInFor: [{ principal: person('cleo'), access: allowed }],
    });
    expect(decideVote(record(), [first], forCleo)).toMatchObject({ kind: 'refuse', reason: 'already_voted' });
    const both = [first, { ...vote('eve-2'), principal: second, onBehalfOf: person('cleo') }];
    expect(countApprovals(both, record().plan)).toBe(1);
  });

  it('counts nothing that the requester cast for somebody else', () => {
    const forBob: Vote = { ...vote('ada'), onBehalfOf: person('bob') };
    expect(countApprovals([forBob], record().plan)).toBe(0);
  });

  describe('where one person has several accounts', () => {
    const account = (name: string, user: string): Principal => ({
      ...person(name),
      kubernetes: { user, groups: [] },
    });
    const by = (principal: Principal): Vote => ({ ...vote(principal.id), principal });

    it('counts whoever acts as one Kubernetes user once', () => {
      const atTerminal = account('local', 'bob');
      const second = decideVote(record(), [vote('bob')], cast('local', { principal: atTerminal }));
      expect(second).toMatchObject({ kind: 'refuse', reason: 'already_voted' });
      expect(second).toHaveProperty('message', expect.stringContaining('Kubernetes user bob'));
      expect(countApprovals([vote('bob'), by(atTerminal)], record().plan)).toBe(1);
    });

    it('takes another account of the requester for the requester', () => {
      const other = account('local', 'ada');
      expect(decideVote(record(), [], cast('local', { principal: other }))).toMatchObject({
        reason: 'requester',
      });
      const through = { principal: other, standsInFor: [{ principal: person('bob'), access: allowed }] };
      expect(decideVote(record(), [], cast('local', through))).toMatchObject({ reason: 'requester' });
      expect(countApprovals([by(other), vote('bob')], record().plan)).toBe(1);
      expect(decideVote(record({}, 1, true), [], cast('local', { principal: other }))).toMatchObject({
        kind: 'approve',
        completes: true,
      });
    });

    it('never reaches a quorum with fewer Kubernetes users than it needs', () => {
      const users = fc.constantFrom('ada', 'bob', 'cleo', 'dora');
      const accounts = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), users, users), {
        maxLength: 12,
      });
      fc.assert(
        fc.property(
          accounts,
          fc.integer({ min: 1, max: 3 }),
          fc.boolean(),
          (casts, needed, requesterCounts) => {
            const waiting = record({}, needed, requesterCounts);
            const votes: Vote[] = [];
            for (const [name, user, lender] of casts) {
              const principal = account(name, user);
              const standsInFor = [{ principal: account(`${lender}-lent`, lender), access: allowed }];
              const decision = decideVote(waiting, votes, cast(name, { principal, standsInFor }));
              if (decision.kind !== 'approve') continue;
              const { onBehalfOf } = decision;
              votes.push({ ...by(principal), ...(onBehalfOf !== undefined && { onBehalfOf }) });
              const seats = votes.map((each) => (each.onBehalfOf ?? each.principal).kubernetes.user);
              const counting = new Set(seats.filter((seat) => requesterCounts || seat !== 'ada'));
              expect(decision.completes).toBe(counting.size >= needed);
              expect(countApprovals(votes, waiting.plan)).toBe(counting.size);
              if (decision.completes) break;
            }
          },
        ),
      );
    });
  });
});
