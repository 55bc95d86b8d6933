import type { ApprovalStatement, Plan, PlanRecord, Principal, Vote } from '@jamie/core';
import { aHealingOrigin, aPlan, aPlanRecord, aPrincipal, aVote, FakeSigner } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkApproval } from './check-approval.ts';
import { signApproval } from './sign-approval.ts';

const signer = new FakeSigner();
const GRACE = somebody('slack:T1:U2', 'Grace');
const ALAN = somebody('slack:T1:U3', 'Alan');

function somebody(id: string, displayName: string, user = displayName.toLowerCase()): Principal {
  return aPrincipal({ id, displayName, kubernetes: { user, groups: [] } });
}

function twoPeoplePlan(): Plan {
  const plan = aPlan();
  return aPlan({ risk: { ...plan.risk, tier: 'high', quorum: { approvals: 2, requesterCounts: false } } });
}

const VOTES: readonly Vote[] = [aVote({ principal: GRACE }), aVote({ principal: ALAN })];

function approved(over: Partial<PlanRecord> = {}, votes = VOTES): PlanRecord {
  const plan = twoPeoplePlan();
  const approval = signApproval(plan, { basis: 'quorum', votes, decidedAt: plan.createdAt + 1 }, signer);
  return aPlanRecord({ plan, status: 'approved', approval, ...over });
}

describe('checkApproval', () => {
  it('lets a plan start that enough people have approved, signed by us', () => {
    expect(checkApproval(approved(), VOTES, signer)).toBeUndefined();
  });

  it('counts two accounts of one Kubernetes user once', () => {
    const votes = [
      aVote({ principal: GRACE }),
      aVote({ principal: somebody('local', 'Grace at home', 'grace') }),
    ];
    expect(checkApproval(approved({}, votes), votes, signer)).toContain('fewer approvals');
  });

  it('starts nothing without a recorded approval', () => {
    const { approval: _none, ...record } = approved();
    expect(checkApproval(record, VOTES, signer)).toMatch('no recorded approval');
  });

  it('starts nothing that another key has signed', () => {
    expect(checkApproval(approved(), VOTES, new FakeSigner('00000000000000bb'))).toMatch('not signed by me');
  });

  it.each<[string, Partial<Plan>]>([
    ['hash', { hash: 'b'.repeat(64) }],
    ['cluster', { cluster: 'prod-us' }],
    [
      'objects',
      { steps: aPlan().steps.map((step) => ({ ...step, target: { ...step.target, uid: 'other' } })) },
    ],
    ['rules', { policyVersion: '2' }],
    ['requester', { requester: GRACE }],
    ['expiry', { expiresAt: 5 }],
  ])('starts nothing whose %s is not what was approved', (_what, over) => {
    const record = approved();
    expect(checkApproval({ ...record, plan: { ...record.plan, ...over } }, VOTES, signer)).toBeDefined();
  });

  it('starts nothing whose votes are not those that were counted', () => {
    expect(checkApproval(approved(), VOTES.slice(0, 1), signer)).toMatch('not what is stored');
    expect(checkApproval(approved(), [], signer)).toBeDefined();
  });

  it('starts nothing that fewer have approved than it needs, even when it is signed', () => {
    const few = VOTES.slice(0, 1);
    expect(checkApproval(approved({}, few), few, signer)).toMatch('fewer approvals');
    const same = [VOTES[0], aVote({ principal: ALAN, onBehalfOf: GRACE })].filter(
      (vote) => vote !== undefined,
    );
    expect(checkApproval(approved({}, same), same, signer)).toMatch('fewer approvals');
  });

  it('starts nothing that was decided after it had expired', () => {
    const plan = twoPeoplePlan();
    const late = { basis: 'quorum', votes: VOTES, decidedAt: plan.expiresAt } as const;
    const record = approved({ approval: signApproval(plan, late, signer) });
    expect(checkApproval(record, VOTES, signer)).toMatch('after it had expired');
  });

  it('starts an emergency only where somebody is recorded to have broken the glass then', () => {
    const plan = twoPeoplePlan();
    const at = plan.createdAt + 1;
    const votes = VOTES.slice(0, 1);
    const approval = signApproval(plan, { basis: 'break_glass', votes, decidedAt: at }, signer);
    const record = approved({ approval });
    expect(checkApproval(record, votes, signer)).toMatch('Nobody is recorded');
    const breakGlass = { by: GRACE, reason: 'the shop is down', at, reviewDueAt: at + 1 };
    expect(checkApproval({ ...record, breakGlass }, votes, signer)).toBeUndefined();
    expect(
      checkApproval({ ...record, breakGlass: { ...breakGlass, by: ALAN } }, votes, signer),
    ).toBeDefined();
  });

  it('starts by a rule only what the product asked for itself', () => {
    const plan = twoPeoplePlan();
    const rule = { basis: 'autonomy', votes: [], decidedAt: plan.createdAt + 1 } as const;
    expect(checkApproval(approved({ approval: signApproval(plan, rule, signer) }), [], signer)).toBeDefined();
    const forOwn = (own: Plan) =>
      checkApproval(approved({ plan: own, approval: signApproval(own, rule, signer) }), [], signer);
    const requester = aPrincipal({ source: 'automation' });
    expect(forOwn({ ...plan, requester })).toBeDefined();
    expect(forOwn({ ...plan, healing: aHealingOrigin() })).toBeDefined();
    expect(forOwn({ ...plan, requester, healing: aHealingOrigin() })).toBeUndefined();
  });

  it('notices whatever is changed of a signed statement', () => {
    const record = approved();
    const statement = record.approval?.statement as ApprovalStatement;
    const names = Object.keys(statement) as (keyof ApprovalStatement)[];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, value) => {
        fc.pre(JSON.stringify(value) !== JSON.stringify(statement[name]));
        const forged = { ...statement, [name]: value } as unknown as ApprovalStatement;
        const signature = record.approval?.signature ?? { keyId: '', value: '' };
        expect(
          checkApproval({ ...record, approval: { statement: forged, signature } }, VOTES, signer),
        ).toBeDefined();
      }),
    );
  });
});
