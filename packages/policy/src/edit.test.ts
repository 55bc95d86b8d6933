import { PLAN_STATUSES, type Plan, type PlanRecord, type Principal } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { decideEdit, type EditAttempt } from './edit.ts';

const person = (name: string): Principal => ({
  id: name,
  displayName: name,
  kubernetes: { user: name, groups: [] },
  source: 'slack',
});

function record(overrides: Partial<PlanRecord> = {}): PlanRecord {
  const plan = { id: 'p-00000000', cluster: 'prod', requester: person('ada'), expiresAt: 1_000 } as Plan;
  return { plan, status: 'awaiting_approval', version: 1, updatedAt: 0, reason: '', ...overrides };
}

const attempt = (name: string, overrides: Partial<EditAttempt> = {}): EditAttempt => ({
  principal: person(name),
  now: 10,
  access: { allowed: true, reason: '' },
  ...overrides,
});

describe('decideEdit', () => {
  it('lets whoever asked for a plan edit it, and whoever may vote on it', () => {
    const denied = { allowed: false, reason: '' };
    expect(decideEdit(record(), attempt('ada', { access: denied })).kind).toBe('allow');
    expect(decideEdit(record(), attempt('bob')).kind).toBe('allow');
    expect(decideEdit(record(), attempt('bob', { access: denied }))).toMatchObject({
      kind: 'refuse',
      reason: 'not_permitted',
    });
  });

  it.each(PLAN_STATUSES)('edits a plan that is %s only where it waits for a decision', (status) => {
    const decision = decideEdit(record({ status }), attempt('ada'));
    expect(decision.kind).toBe(status === 'awaiting_approval' ? 'allow' : 'refuse');
  });

  it('edits nothing from the moment at which the plan expires', () => {
    expect(decideEdit(record(), attempt('ada', { now: 999 })).kind).toBe('allow');
    expect(decideEdit(record(), attempt('ada', { now: 1_000 }))).toMatchObject({ reason: 'expired' });
  });

  it('says which plan has taken the place of an edited one', () => {
    const replaced = record({
      status: 'denied',
      decidedBy: person('bob'),
      replacedBy: 'p-11111111' as Plan['id'],
    });
    expect(decideEdit(replaced, attempt('ada'))).toMatchObject({
      message: 'Already edited by bob: decide on the card of p-11111111.',
    });
  });
});
