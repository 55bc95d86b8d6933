import type { PlanId, PlanStatus } from '@jamie/core';
import { aPlanRecord } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { decideOutcome, type OutcomeFacts } from './decide-outcome.ts';

const NOW = Date.UTC(2026, 0, 16, 12);
const MINUTE_MS = 60_000;

function outcome(status: PlanStatus, over: Partial<OutcomeFacts> = {}, agoMs = 10 * MINUTE_MS) {
  const record = aPlanRecord({ status, updatedAt: NOW - agoMs });
  return decideOutcome({ remediation: 'roll-back', planId: 'p-1', record, fault: 'seen', now: NOW, ...over });
}

describe('decideOutcome', () => {
  it.each<[PlanStatus, string, boolean]>([
    ['succeeded', 'did_not_help', false],
    ['rolled_back', 'taken_back', true],
    ['rollback_failed', 'unclear', true],
    ['inconclusive', 'unclear', true],
    ['failed', 'did_not_help', true],
    ['denied', 'declined', false],
    ['cancelled', 'declined', false],
    ['expired', 'unclear', false],
    ['stale', 'did_not_help', false],
    ['refused', 'did_not_help', false],
  ])('reads a plan that is %s, with the fault still there, as %s', (status, expected, escalate) => {
    expect(outcome(status)).toMatchObject({ kind: 'ended', outcome: expected, escalate });
  });

  it('waits for the end of a plan', () => {
    expect(outcome('watching').kind).toBe('running');
  });

  it('believes that it helped once the fault is gone, and gives it two minutes to go', () => {
    expect(outcome('succeeded', { fault: 'gone' })).toMatchObject({ outcome: 'helped' });
    expect(outcome('succeeded', {}, 1.9 * MINUTE_MS).kind).toBe('running');
  });

  it('claims nothing while it cannot see, and asks people after an hour', () => {
    expect(outcome('succeeded', { fault: 'unknown' }, 59 * MINUTE_MS).kind).toBe('running');
    expect(outcome('succeeded', { fault: 'unknown' }, 60 * MINUTE_MS)).toMatchObject({
      outcome: 'unclear',
      escalate: true,
    });
  });

  it('takes the run that succeeded for the Job that failed', () => {
    expect(outcome('succeeded', { remediation: 'rerun-job' })).toMatchObject({ outcome: 'helped' });
  });

  it('sees that somebody undid it', () => {
    const record = aPlanRecord({ status: 'succeeded', undoneBy: 'p-00000002' as PlanId, updatedAt: NOW });
    expect(outcome('succeeded', { record })).toMatchObject({ outcome: 'taken_back', revertedAt: NOW });
  });

  it('asks people where the plan cannot be found', () => {
    expect(outcome('succeeded', { record: undefined })).toMatchObject({ outcome: 'unclear', escalate: true });
  });
});
