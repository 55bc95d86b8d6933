import type { HealingAttempt, HealingCaseId, PlanId, RecentChange } from '@jamie/core';
import { aHealingCase, aPlan, aPlanRecord, aPrincipal } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { decideAttempt } from './decide-attempt.ts';
import { AUTOMATION, aCandidate, anAutonomy, CHECKOUT } from './healing-world.fixture.ts';
import { backoffMs } from './rules/backoff.ts';
import { findClusterStorm, findNamespaceStorm } from './rules/storm.ts';
import type { AttemptFacts } from './rules/verdict.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const NOW = Date.UTC(2026, 0, 16, 12);

function attempt(agoMs: number, over: Partial<HealingAttempt> = {}): HealingAttempt {
  const startedAt = NOW - agoMs;
  return {
    planId: 'p-00000001' as PlanId,
    startedAt,
    level: 'act',
    endedAt: startedAt + MINUTE_MS,
    outcome: 'did_not_help',
    ...over,
  };
}

function facts(
  over: Partial<AttemptFacts> = {},
  healing: Parameters<typeof aHealingCase>[0] = {},
): AttemptFacts {
  const healingCase = aHealingCase({ firstSeenAt: NOW - HOUR_MS, lastSeenAt: NOW, ...healing });
  return {
    healingCase,
    candidate: aCandidate(),
    autonomy: anAutonomy(),
    cases: [healingCase],
    isFrozen: false,
    plans: [],
    now: NOW,
    ...over,
  };
}

function personsPlan(status: 'executing' | 'succeeded', agoMs: number) {
  const [step] = aPlan().steps;
  const steps = step === undefined ? [] : [{ ...step, target: { ...step.target, ref: CHECKOUT } }];
  return aPlanRecord({ plan: aPlan({ steps, requester: aPrincipal() }), status, updatedAt: NOW - agoMs });
}

/** A rollout that failed at once, so many minutes ago, where the team leaves it to people for five. */
function rolledOut(minutesAgo: number, more: readonly RecentChange[] = []): AttemptFacts {
  const at = NOW - minutesAgo * MINUTE_MS;
  const changes = [{ ref: CHECKOUT, at, summary: '', evidence: {} as never }, ...more];
  return facts({
    autonomy: anAutonomy({ rolloutWaitMs: 5 * MINUTE_MS }),
    candidate: aCandidate({ changes, failedRolloutAt: at }),
  });
}

const other = (over: Parameters<typeof aHealingCase>[0]) =>
  aHealingCase({ id: 'h-00000002' as HealingCaseId, firstSeenAt: NOW - 2 * HOUR_MS, ...over });

describe('decideAttempt', () => {
  it('tries a fault that nothing speaks against', () => {
    expect(decideAttempt(facts())).toEqual({ kind: 'try' });
  });

  it.each<[string, AttemptFacts, RegExp]>([
    ['all is frozen', facts({ isFrozen: true }), /frozen/],
    ['a storm rages', facts({ storm: { place: 'namespace', reason: '' } }), /Too much fails/],
    ['it is too early', facts({}, { notBefore: NOW + 1, reason: 'Too early.' }), /Too early/],
    ['somebody changed it back once', facts({}, { reverts: [NOW - 29 * MINUTE_MS] }), /changed back/],
    [
      'people declined it today',
      facts({}, { attempts: [attempt(23 * HOUR_MS, { outcome: 'declined' })] }),
      /declined/,
    ],
    ['a person has an open plan', facts({ plans: [personsPlan('executing', 0)] }), /Ada is at work/],
    [
      'a person has just ended a plan',
      facts({ plans: [personsPlan('succeeded', 29 * MINUTE_MS)] }),
      /at work/,
    ],
    [
      'somebody has just changed it',
      facts({
        candidate: aCandidate({
          changes: [{ ref: CHECKOUT, at: NOW - 9 * MINUTE_MS, summary: '', evidence: {} as never }],
        }),
      }),
      /changed a moment ago/,
    ],
    [
      'whoever rolled out has the time that the team gives them',
      rolledOut(4),
      /rolled out a moment ago; whoever did it has 5 min to mend it/,
    ],
    [
      'somebody has changed its settings since a rollout that failed',
      rolledOut(6, [
        {
          ref: { kind: 'ConfigMap', namespace: 'payments', name: 'settings' },
          at: NOW - 5 * MINUTE_MS,
          summary: '',
          evidence: {} as never,
        },
      ]),
      /changed a moment ago/,
    ],
    [
      'its node has a case',
      facts({
        candidate: aCandidate({ dependsOn: [{ kind: 'Node', name: 'worker-1' }] }),
        cases: [other({ subject: { kind: 'Node', name: 'worker-1' }, firstSeenAt: NOW })],
      }),
      /waits for Node worker-1/,
    ],
    [
      'another attempt runs in the namespace',
      facts({ cases: [other({ status: 'acting', attempts: [attempt(MINUTE_MS)] })] }),
      /Another attempt/,
    ],
  ])('waits while %s', (_why, given, reason) => {
    expect(decideAttempt(given)).toMatchObject({ kind: 'wait', reason: expect.stringMatching(reason) });
  });

  it.each<[string, AttemptFacts, RegExp]>([
    [
      'its attempts are used up',
      facts({}, { attempts: [attempt(3 * HOUR_MS), attempt(2 * HOUR_MS), attempt(HOUR_MS)] }),
      /3 attempts within a day/,
    ],
    [
      'it keeps coming back',
      facts({}, { relapses: [NOW - 3 * HOUR_MS, NOW - 2 * HOUR_MS, NOW - HOUR_MS] }),
      /came back 3 times/,
    ],
    [
      'somebody changed it back twice, naming them and the right way',
      facts(
        {
          foreignChanges: [
            { at: NOW, by: 'Argo CD application shop', advice: 'Change it in Git.', ref: CHECKOUT },
          ],
        },
        { reverts: [NOW - HOUR_MS, NOW] },
      ),
      /^Argo CD application shop changed it back 2 times.* Change it in Git\.$/,
    ],
    [
      'nothing may be done about it',
      facts({ candidate: aCandidate({ remedy: { kind: 'none', reason: 'At the ceiling.', tell: true } }) }),
      /At the ceiling/,
    ],
  ])('hands it to people where %s', (_why, given, reason) => {
    expect(decideAttempt(given)).toMatchObject({ kind: 'escalate', reason: expect.stringMatching(reason) });
  });

  it('leaves alone what the team does not allow, and what people have in hand', () => {
    expect(decideAttempt(facts({ autonomy: anAutonomy({ level: 'off' }) })).kind).toBe('leave');
    expect(decideAttempt(facts({ autonomy: anAutonomy({ remediations: [] }) })).kind).toBe('leave');
    expect(decideAttempt(facts({}, { status: 'escalated' })).kind).toBe('leave');
  });

  it.each<[string, AttemptFacts]>([
    [
      'attempts of the day before',
      facts({}, { attempts: [attempt(25 * HOUR_MS), attempt(24 * HOUR_MS), attempt(HOUR_MS)] }),
    ],
    ['a revert half an hour ago', facts({}, { reverts: [NOW - 30 * MINUTE_MS] })],
    ['a plan of a person half an hour ago', facts({ plans: [personsPlan('succeeded', 30 * MINUTE_MS)] })],
    ['a rollout that has had its time', rolledOut(5)],
    [
      'a plan made by itself',
      facts({
        plans: [aPlanRecord({ plan: aPlan({ ...personsPlan('executing', 0).plan, requester: AUTOMATION }) })],
      }),
    ],
    [
      'a suggestion that waits nearby',
      facts({ cases: [other({ status: 'acting', attempts: [attempt(MINUTE_MS, { level: 'suggest' })] })] }),
    ],
    [
      'what it depends on being with people',
      facts({
        candidate: aCandidate({ dependsOn: [{ kind: 'Node', name: 'worker-1' }] }),
        cases: [other({ subject: { kind: 'Node', name: 'worker-1' }, status: 'escalated' })],
      }),
    ],
  ])('is not held up by %s', (_what, given) => {
    expect(decideAttempt(given)).toEqual({ kind: 'try' });
  });
});

describe('backoffMs', () => {
  it('doubles from two minutes to an hour, spread by a quarter', () => {
    expect([1, 2, 3, 6, 50].map((count) => backoffMs(count, 0.5) / MINUTE_MS)).toEqual([2, 4, 8, 60, 60]);
    expect(backoffMs(1, 0)).toBe(1.5 * MINUTE_MS);
    expect(backoffMs(1, 1)).toBe(2.5 * MINUTE_MS);
  });
});

describe('storms', () => {
  const begun = (...agoMinutes: readonly number[]) =>
    agoMinutes.map((ago, index) =>
      aHealingCase({ id: `h-0000000${index}` as HealingCaseId, firstSeenAt: NOW - ago * MINUTE_MS }),
    );

  it('are four faults that begin within ten minutes of each other in a namespace', () => {
    expect(findNamespaceStorm(begun(9, 5, 3, 0), NOW)?.place).toBe('namespace');
    expect(findNamespaceStorm(begun(9, 5, 3), NOW)).toBeUndefined();
    expect(findNamespaceStorm(begun(11, 5, 3, 0), NOW)).toBeUndefined();
  });

  it('last until they would not have been one for a quarter of an hour', () => {
    expect(findNamespaceStorm(begun(24, 22, 20, 18), NOW)).toBeDefined();
    expect(findNamespaceStorm(begun(25, 22, 20, 18), NOW)).toBeUndefined();
  });

  it('are three attempts within ten minutes in a namespace', () => {
    const tried = (...ago: readonly number[]) => [
      aHealingCase({ firstSeenAt: 0, attempts: ago.map((minutes) => attempt(minutes * MINUTE_MS)) }),
    ];
    expect(findNamespaceStorm(tried(9, 5, 1), NOW)).toBeDefined();
    expect(findNamespaceStorm(tried(9, 5), NOW)).toBeUndefined();
  });

  it('are more than a fifth of the nodes, and never a single one', () => {
    const node = (name: string, status: 'True' | 'False', sinceMs = HOUR_MS) =>
      ({
        name,
        createdAt: 0,
        conditions: [{ type: 'Ready', status, reason: '', message: '', since: NOW - sinceMs }],
      }) as never;
    const ready = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => node(name, 'True'));
    expect(findClusterStorm([], [...ready, node('x', 'False'), node('y', 'False')], NOW)?.place).toBe(
      'cluster',
    );
    expect(findClusterStorm([], [node('a', 'True'), node('x', 'False')], NOW)).toBeUndefined();
    expect(
      findClusterStorm([], [...ready, node('x', 'False'), node('y', 'True', 14 * MINUTE_MS)], NOW),
    ).toBeDefined();
  });
});
