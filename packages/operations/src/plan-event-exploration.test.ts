import type { PlanRecord, PlanStatus } from '@jamie/core';
import { canonicalJson, isTerminal } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { applyPlanEvent, type PlanEvent } from './plan-event.ts';

const LENGTH = 8;
const reason = 'because';
const verification = { startedAt: 0, deadlineAt: 9, restarts: 0, lastObservation: '', blindObservations: 0 };

/** Everything that can happen to an approved plan. */
function eventsFor({ lease, appliedSteps = 0 }: PlanRecord): readonly PlanEvent[] {
  const next = { owner: 'w', epoch: (lease?.epoch ?? 0) + 1, expiresAt: 9 };
  return [
    { kind: 'expired', reason },
    { kind: 'held', reason },
    { kind: 'lease_taken', lease: next, readyReplicas: 3 },
    { kind: 'lease_renewed', expiresAt: 10 },
    { kind: 'step_done', appliedSteps: Math.min(3, appliedSteps + 1), reason },
    { kind: 'step_restored' },
    { kind: 'blocked', reason },
    { kind: 'stale', reason, replacedBy: undefined },
    { kind: 'refused', reason },
    { kind: 'failed', reason },
    { kind: 'applied', appliedSteps: 3, verification, reason },
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
}

const START = { status: 'approved', version: 1, updatedAt: 0, reason: '', plan: {} } as unknown as PlanRecord;

interface Move {
  readonly from: PlanRecord;
  readonly event: PlanEvent;
  readonly to: PlanRecord;
}

/**
 * Every move of every sequence of events up to the length. Sequences that lead to the same record are followed once:
 * what an event does depends on the record alone.
 */
function everyMove(): readonly Move[] {
  const moves: Move[] = [];
  const seen = new Set<string>();
  let frontier = [START];
  for (let length = 1; length <= LENGTH; length += 1) {
    const reached: PlanRecord[] = [];
    for (const from of frontier) {
      for (const event of eventsFor(from)) {
        const move = applyPlanEvent(from, event, 1);
        if (move.kind === 'impossible') continue;
        moves.push({ from, event, to: move.record });
        const key = canonicalJson({ ...move.record, version: 0, reason: '' } as never);
        if (!seen.has(key)) reached.push(move.record);
        seen.add(key);
      }
    }
    frontier = reached;
  }
  return moves;
}

const MOVES = everyMove();
const into = (status: PlanStatus) =>
  MOVES.filter(({ from, to }) => to.status === status && from.status !== status);

describe(`every sequence of up to ${LENGTH} events after an approval`, () => {
  it('is explored', () => {
    expect(MOVES.length).toBeGreaterThan(500);
    const statuses = new Set(MOVES.map(({ to }) => to.status));
    for (const status of ['succeeded', 'failed', 'stale', 'rolled_back', 'rollback_failed', 'inconclusive'])
      expect([...statuses]).toContain(status);
  });

  it('never moves a plan that has ended, and leaves it no lease', () => {
    const broken = MOVES.filter(
      ({ from, to }) =>
        (isTerminal(from.status) && to.status !== from.status) ||
        (isTerminal(to.status) && to.lease !== undefined),
    );
    expect(broken).toEqual([]);
  });

  it('carries nothing out without a lease, whose epoch only grows', () => {
    expect(new Set(into('executing').map(({ event }) => event.kind))).toEqual(new Set(['lease_taken']));
    const without = MOVES.filter(({ to }) => to.status === 'executing' && to.lease === undefined);
    expect(without).toEqual([]);
    const backwards = MOVES.filter(
      ({ from, to }) =>
        from.lease !== undefined && to.lease !== undefined && to.lease.epoch < from.lease.epoch,
    );
    expect(backwards).toEqual([]);
  });

  it('lets go of the lease whenever it waits', () => {
    const holding = MOVES.filter(
      ({ event, to }) =>
        ['held', 'blocked', 'rollback_started'].includes(event.kind) && (to.lease?.expiresAt ?? 0) > 1,
    );
    expect(holding).toEqual([]);
  });

  it('waits for a disruption budget only while it is carried out, and counts from the first refusal', () => {
    expect(MOVES.filter(({ to }) => to.blockedSince !== undefined && to.status !== 'executing')).toEqual([]);
    const again = MOVES.filter(
      ({ from, event }) => event.kind === 'blocked' && from.blockedSince !== undefined,
    );
    expect(again.length).toBeGreaterThan(0);
    expect(again.filter(({ from, to }) => to.blockedSince !== from.blockedSince)).toEqual([]);
  });

  it('never does a step again that was done', () => {
    const fewer = MOVES.filter(({ from, to }) => (to.appliedSteps ?? 0) < (from.appliedSteps ?? 0));
    expect(fewer).toEqual([]);
  });

  it('calls nothing done that was not verified and watched', () => {
    const sources = (status: PlanStatus) =>
      new Set(into(status).map(({ from, event }) => `${from.status} ${event.kind}`));
    expect(sources('verifying')).toEqual(new Set(['executing applied']));
    expect(sources('watching')).toEqual(new Set(['verifying verified']));
    expect(sources('succeeded')).toEqual(
      new Set(['watching succeeded', 'watching undone', 'verifying undone']),
    );
    expect(sources('rolled_back')).toEqual(new Set(['verifying_rollback rolled_back']));
  });

  it('takes a change back once at most', () => {
    const after: readonly PlanStatus[] = [
      'rolling_back',
      'verifying_rollback',
      'rolled_back',
      'rollback_failed',
      'inconclusive',
    ];
    const left = MOVES.filter(
      ({ from, to }) =>
        ['rolling_back', 'verifying_rollback'].includes(from.status) && !after.includes(to.status),
    );
    expect(left).toEqual([]);
    const again = MOVES.filter(
      ({ from, to }) => from.status === 'verifying_rollback' && to.status === 'rolling_back',
    );
    expect(again).toEqual([]);
  });
});
