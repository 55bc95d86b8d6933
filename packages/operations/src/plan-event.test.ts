import { isTerminal, PLAN_STATUSES, type PlanRecord } from '@jamie/core';
import { aSignedApproval } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { person } from './operations-world.fixture.ts';
import { applyPlanEvent, type PlanEvent } from './plan-event.ts';

const verification = { startedAt: 0, deadlineAt: 9, restarts: 0, lastObservation: '', blindObservations: 0 };
const by = person('ada');
const reason = 'because';

const EVENTS: readonly PlanEvent[] = [
  { kind: 'approved', by, reason, approval: aSignedApproval() },
  { kind: 'reviewed', by, text: 'it was right' },
  { kind: 'vote_counted', reason },
  { kind: 'denied', by, reason },
  { kind: 'cancelled', by, reason },
  { kind: 'expired', reason },
  { kind: 'held', reason },
  { kind: 'lease_taken', lease: { owner: 'w', epoch: 1, expiresAt: 9 }, readyReplicas: 3 },
  { kind: 'lease_renewed', expiresAt: 10 },
  { kind: 'stale', reason, replacedBy: undefined },
  { kind: 'refused', reason },
  { kind: 'failed', reason },
  { kind: 'step_done', appliedSteps: 1, reason },
  { kind: 'step_restored' },
  { kind: 'blocked', reason },
  { kind: 'unanswered', reason },
  { kind: 'applied', appliedSteps: 1, verification, reason },
  { kind: 'observed', verification },
  { kind: 'verified', verification, watchUntil: 99, reason },
  { kind: 'succeeded', reason },
  { kind: 'inconclusive', reason },
  { kind: 'rollback_started', reason },
  { kind: 'rollback_applied', verification, reason },
  { kind: 'rolled_back', reason },
  { kind: 'rollback_failed', reason },
  { kind: 'undone', by: 'p-00000000' as never },
];

const START = {
  status: 'awaiting_approval',
  version: 1,
  updatedAt: 0,
  reason: '',
  plan: {},
} as unknown as PlanRecord;

describe('applyPlanEvent', () => {
  it('reaches every status from a fresh plan', () => {
    const seen = new Set<string>([START.status]);
    let frontier = [START];
    while (frontier.length > 0) {
      const next = frontier.flatMap((record) =>
        EVENTS.map((event) => applyPlanEvent(record, event, 1)).flatMap((move) =>
          move.kind === 'moved' ? [move.record] : [],
        ),
      );
      frontier = next.filter((record) => !seen.has(record.status));
      for (const record of frontier) seen.add(record.status);
    }
    expect([...seen].sort()).toEqual([...PLAN_STATUSES].sort());
  });

  it('keeps its promises in every sequence of events', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 40 }), (events) => {
        const approvals = { count: 0 };
        events.reduce((record, event, now) => checkedMove(record, event, now, approvals), START);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keeps the baseline of the first lease', () => {
    const approved = { ...START, status: 'approved' } as PlanRecord;
    const lease = { owner: 'w', epoch: 1, expiresAt: 9 };
    const first = applyPlanEvent(approved, { kind: 'lease_taken', lease, readyReplicas: 3 }, 1);
    if (first.kind === 'impossible') throw new Error('impossible');
    const second = applyPlanEvent(first.record, { kind: 'lease_taken', lease, readyReplicas: 0 }, 2);
    expect(second).toMatchObject({ record: { baseline: { readyReplicas: 3 } } });
  });
});

const AFTER_APPROVAL = ['executing', 'verifying', 'watching', 'succeeded', 'rolling_back'];

function checkedMove(
  record: PlanRecord,
  event: PlanEvent,
  now: number,
  approvals: { count: number },
): PlanRecord {
  const move = applyPlanEvent(record, event, now);
  if (move.kind === 'impossible') return record;
  expect(move.record).toMatchObject({ version: record.version + 1, updatedAt: now });
  if (isTerminal(record.status)) expect(move.record.status).toBe(record.status);
  if (isTerminal(move.record.status)) expect(move.record.lease).toBeUndefined();
  if (event.kind === 'approved') approvals.count += 1;
  expect(approvals.count).toBeLessThanOrEqual(1);
  if (AFTER_APPROVAL.includes(move.record.status)) expect(approvals.count).toBe(1);
  return move.record;
}
