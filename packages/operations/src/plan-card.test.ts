import type { PlanRecord, PostCondition } from '@jamie/core';
import { aHealingOrigin, aPlan, aPlanRecord, aSignedApproval, aVote } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { toPlanCard } from './plan-card.ts';

const ONE = aPlan();
const [scale, unscale] = [ONE.steps[0], ONE.rollback[0]];
if (scale === undefined || unscale === undefined) throw new Error('the plan has no steps');

function several(over: Partial<PlanRecord> = {}, planOver: Partial<PlanRecord['plan']> = {}): PlanRecord {
  const steps = ['step-1', 'step-2', 'step-3'].map((id) => ({ ...scale, id }) as (typeof ONE.steps)[number]);
  const rollback = [{ ...unscale, id: 'step-2-rollback' } as (typeof ONE.steps)[number]];
  return aPlanRecord({ plan: aPlan({ steps, rollback, ...planOver }), ...over });
}

const factOf = (record: PlanRecord, label: string) =>
  toPlanCard(record, []).facts.find((fact) => fact.label === label)?.value;

describe('the card of a plan of several steps', () => {
  it('says which way back there is, and for how many steps there is none', () => {
    expect(factOf(several(), 'Rollback')).toBe(
      'by itself, back to the present values, the last step first, if it gets worse; 2 of 3 steps cannot be taken back',
    );
    expect(factOf(several({}, { rollback: [] }), 'Rollback')).toBe('not possible');
  });

  it('says what happens when a step fails, which a plan of one step does not', () => {
    expect(factOf(several(), 'If a step fails')).toMatch('taken back, the last first');
    expect(factOf(several({}, { onPartialFailure: 'hold' }), 'If a step fails')).toMatch('stay');
    expect(factOf(aPlanRecord(), 'If a step fails')).toBeUndefined();
  });

  it('says once what is checked of many objects', () => {
    const gone = ['a', 'b'].map((name): PostCondition => {
      const ref = { kind: 'Pod', namespace: 'shop', name } as const;
      return { kind: 'gone', ref, uid: name, withinMs: 600_000 };
    });
    expect(factOf(several({}, { postConditions: gone }), 'Checked after')).toMatch(
      /^gone within 10 min; then/,
    );
  });

  it('offers undo after a failure only where something that was done has a way back', () => {
    const actions = (appliedSteps: number) =>
      toPlanCard(several({ status: 'failed', ...(appliedSteps > 0 && { appliedSteps }) }), []).actions;
    expect([0, 1, 2, 3].map(actions)).toEqual([[], [], ['undo'], ['undo']]);
    const undone = several({ status: 'failed', appliedSteps: 3, undoneBy: ONE.id });
    expect(toPlanCard(undone, []).actions).toEqual([]);
  });
});

describe('the card of a plan that nobody asked for', () => {
  const healing = aHealingOrigin({ attempt: 2, finding: 'container app exits with code 1.' });
  const record = aPlanRecord({ plan: aPlan({ healing, policyVersion: 'team-3' }) });

  it('says so, with the fault, its case and the count of attempts', () => {
    expect(toPlanCard(record, []).healing).toBe(
      'Nobody asked for this. I found: container app exits with code 1. Case h-00000001, attempt 2 of 3 within 24 hours.',
    );
    expect(factOf(record, 'Asked by')).toBe('nobody');
    expect(factOf(record, 'Seen')).toContain('exit code 1');
    expect(toPlanCard(aPlanRecord(), []).healing).toBeUndefined();
  });

  it('says which rule allowed it, and whether that let it start or suggested it', () => {
    expect(factOf(record, 'Allowed by')).toBe(
      'policy team-3, autonomy for payments: roll-back as a suggestion that people decide',
    );
    expect(factOf(record, 'Needs')).not.toMatch('nobody');
    const started = { ...record, approval: aSignedApproval({ basis: 'autonomy' }) };
    expect(factOf(started, 'Allowed by')).toMatch(/roll-back by itself$/);
    expect(factOf(started, 'Needs')).toBe('nobody: a rule let it start');
  });
});

describe('the card of a plan under a team policy', () => {
  it('names the rules, and whose approvals count', () => {
    const { risk } = ONE;
    const quorum = { approvals: 2, requesterCounts: false, fromTeams: ['payments-leads'] };
    const record = aPlanRecord({ plan: aPlan({ policyRules: ['money'], risk: { ...risk, quorum } }) });
    expect(factOf(record, 'Rules')).toBe('money');
    expect(factOf(record, 'Needs')).toBe('2 approvals of people in payments-leads, not by Ada');
    expect(factOf(aPlanRecord(), 'Rules')).toBeUndefined();
  });

  it('says who broke the glass, and whether the review is owed still', () => {
    const by = aPlanRecord().plan.requester;
    const breakGlass = { by, reason: 'the shop is down', at: 0, reviewDueAt: 60_000 };
    const owed = aPlanRecord({ status: 'approved', breakGlass });
    expect(factOf(owed, 'Emergency')).toBe(
      'Ada broke the glass; a review is owed by 1970-01-01T00:01:00.000Z',
    );
    const review = { by, text: 'it could not wait', at: 1 };
    expect(factOf({ ...owed, breakGlass: { ...breakGlass, review } }, 'Emergency')).toMatch(
      'reviewed by Ada',
    );
  });

  it('says for whom somebody approved', () => {
    const vote = aVote({ onBehalfOf: { ...aPlanRecord().plan.requester, displayName: 'Grace' } });
    expect(toPlanCard(aPlanRecord(), [vote]).votes).toEqual(['Ada for Grace approved']);
  });
});
