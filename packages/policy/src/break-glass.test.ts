import { PLAN_STATUSES, type Plan, type PlanRecord, type Principal } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BreakGlassAttempt, type BreakGlassRule, decideBreakGlass } from './break-glass.ts';

const MINUTE_MS = 60_000;
const RULE: BreakGlassRule = {
  teams: ['on-call'],
  owners: ['slack:T1:U9'],
  expiresAfterMs: 10 * MINUTE_MS,
  reviewWithinMs: 24 * 60 * MINUTE_MS,
};

const onCall: Principal = {
  id: 'slack:T1:U1',
  displayName: 'Ada',
  kubernetes: { user: 'ada', groups: [] },
  source: 'slack',
  teams: ['on-call', 'payments'],
};

function record(overrides: Partial<PlanRecord> = {}): PlanRecord {
  const plan = {
    id: 'p-00000000',
    cluster: 'prod',
    createdAt: 0,
    expiresAt: 30 * MINUTE_MS,
  } as unknown as Plan;
  return { plan, status: 'awaiting_approval', version: 1, updatedAt: 0, reason: '', ...overrides };
}

function attempt(overrides: Partial<BreakGlassAttempt> = {}): BreakGlassAttempt {
  return {
    principal: onCall,
    reason: 'checkout is down for everybody',
    now: MINUTE_MS,
    access: { allowed: true, reason: '' },
    unreviewed: [],
    ...overrides,
  };
}

describe('decideBreakGlass', () => {
  it('lets somebody of the right team start a fresh plan, and says when the review is due', () => {
    expect(decideBreakGlass(record(), RULE, attempt())).toEqual({
      kind: 'allow',
      reviewDueAt: MINUTE_MS + RULE.reviewWithinMs,
    });
  });

  it.each<[string, BreakGlassRule | undefined, Partial<BreakGlassAttempt>, string]>([
    ['where no rule says who may', undefined, {}, 'no_rule'],
    ['to people of other teams', RULE, { principal: { ...onCall, teams: ['payments'] } }, 'other_team'],
    ['to automation', RULE, { principal: { ...onCall, source: 'automation' } }, 'automation'],
    [
      'to those whom the cluster does not let',
      RULE,
      { access: { allowed: false, reason: '' } },
      'not_permitted',
    ],
    ['without a reason', RULE, { reason: '   because ' }, 'reason_missing'],
    ['on a plan that is too old for the team', RULE, { now: 10 * MINUTE_MS }, 'expired'],
    ['while an earlier review is missing', RULE, { unreviewed: [record()] }, 'review_missing'],
  ])('refuses it %s', (_name, rule, overrides, reason) => {
    expect(decideBreakGlass(record(), rule, attempt(overrides))).toMatchObject({ kind: 'refuse', reason });
  });

  it('never lets a plan start that is older than fifteen minutes, whatever the team allows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 600 }), (age, allowed) => {
        const rule = { ...RULE, expiresAfterMs: allowed * MINUTE_MS };
        const decision = decideBreakGlass(record(), rule, attempt({ now: age * MINUTE_MS }));
        expect(decision.kind === 'allow').toBe(age < 15 && age < allowed);
      }),
    );
  });

  it.each(PLAN_STATUSES.filter((status) => status !== 'awaiting_approval'))(
    'opens nothing on a plan that is %s',
    (status) => {
      expect(decideBreakGlass(record({ status }), RULE, attempt())).toMatchObject({ reason: 'decided' });
    },
  );
});
