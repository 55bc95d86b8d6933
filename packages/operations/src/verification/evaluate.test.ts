import type { VerificationProgress } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Evaluation, evaluateRollback, evaluateVerification, evaluateWatch } from './evaluate.ts';
import type { Observation, PodCounts } from './observation.ts';

const START: VerificationProgress = {
  startedAt: 0,
  deadlineAt: 100,
  restarts: 0,
  lastObservation: '',
  blindObservations: 0,
};
const LIMITS = { readyForMs: 10, failFastAfterMs: 20 };
const BLIND: Observation = { kind: 'blind', why: 'away' };

function pods(over: Partial<PodCounts> = {}): PodCounts {
  return { wanted: 3, ready: 3, restarts: 0, failing: { pods: 0, reason: '' }, ...over };
}

function seen(over: Partial<Extract<Observation, { kind: 'seen' }>> = {}): Observation {
  return { kind: 'seen', complete: true, said: [], pods: pods(), ...over };
}

/** Evaluates observations one after the other, each a tick later, until one of them decides. */
function judge(observations: readonly Observation[], tickMs = 5): Evaluation {
  let progress = START;
  let evaluation: Evaluation = { kind: 'pending', progress };
  for (const [index, observation] of observations.entries()) {
    evaluation = evaluateVerification(progress, observation, (index + 1) * tickMs, LIMITS);
    if (evaluation.kind !== 'pending') return evaluation;
    ({ progress } = evaluation);
  }
  return evaluation;
}

const times = (count: number, observation: Observation) => Array.from({ length: count }, () => observation);

describe('the judgement of a change', () => {
  it('passes once everything has held for as long as it must', () => {
    expect(judge(times(2, seen()))).toMatchObject({ kind: 'pending' });
    expect(judge(times(3, seen()))).toMatchObject({ kind: 'passed' });
  });

  it('counts anew after each break: what flaps never passes', () => {
    const flapping = times(40, seen()).map((good, index) =>
      index % 2 === 0 ? good : seen({ complete: false }),
    );
    expect(judge(flapping)).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('time ran out'),
    });
  });

  it('lets what is good at a late first look show that it lasts, and fails it when it breaks', () => {
    expect(judge([seen()], 200)).toMatchObject({ kind: 'pending' });
    expect(judge(times(2, seen()), 200)).toMatchObject({ kind: 'passed' });
    expect(judge([seen({ complete: false })], 200)).toMatchObject({ kind: 'failed' });
    const late = judge([seen()], 200);
    const broken = evaluateVerification(late.progress, seen({ complete: false }), 205, LIMITS);
    expect(broken).toMatchObject({ kind: 'failed', reason: expect.stringContaining('time ran out') });
  });

  it.each<[string, Observation]>([
    ['absent', BLIND],
    ['not a number', seen({ complete: false, pods: pods({ ready: Number.NaN }) })],
    ['restarts that are not a number', seen({ pods: pods({ restarts: Number.NaN }) })],
    ['a Job that still runs', seen({ complete: false, running: 'Job report still runs' })],
  ])('never passes on data that are no success: %s', (_name, observation) => {
    expect(judge(times(40, observation)).kind).not.toBe('passed');
  });

  it('is inconclusive when nobody could look until the time was up', () => {
    expect(judge(times(20, BLIND))).toMatchObject({ kind: 'inconclusive' });
  });

  it('starts to count again after it could not look', () => {
    expect(judge([seen(), seen(), BLIND, seen(), seen()])).toMatchObject({ kind: 'pending' });
  });

  it('is inconclusive when a Job still runs when the time is up, and fails when it failed', () => {
    const running = seen({
      complete: false,
      running: 'Job report still runs',
      said: ['Job report still runs'],
    });
    expect(judge(times(20, running))).toMatchObject({ kind: 'inconclusive' });
    const failure = 'Job report failed (BackoffLimitExceeded)';
    const { pods: _none, ...rest } = seen({ complete: false, failure }) as Extract<
      Observation,
      { kind: 'seen' }
    >;
    expect(judge([rest])).toMatchObject({ kind: 'failed', reason: `${failure}.` });
  });

  it('does not pass over a restart', () => {
    expect(judge(times(30, seen({ pods: pods({ restarts: 1 }) })).slice(0, 1)).kind).toBe('pending');
    const worse = times(4, seen()).map((_, index) => seen({ pods: pods({ restarts: index }) }));
    expect(judge(worse)).toMatchObject({ kind: 'pending' });
  });

  it('leaves judging to people when somebody else changed the target', () => {
    expect(judge([seen({ complete: false, changed: 'It was changed.' })])).toMatchObject({
      kind: 'inconclusive',
      reason: 'It was changed.',
    });
  });

  it('passes on nothing but complete observations, whatever comes', () => {
    const observation = fc.oneof(
      fc.constant(BLIND),
      fc.record({
        kind: fc.constant('seen' as const),
        complete: fc.boolean(),
        said: fc.constant([]),
        pods: fc.record({
          wanted: fc.integer({ min: 0, max: 5 }),
          ready: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(Number.NaN)),
          restarts: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(Number.NaN)),
          failing: fc.constant({ pods: 0, reason: '' }),
        }),
      }),
    );
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 30 }), (observations) => {
        const evaluation = judge(observations);
        if (evaluation.kind !== 'passed') return;
        const last = observations.findLast((_, index) => (index + 1) * 5 <= 150);
        expect(last).toBeDefined();
        const steadyFor = evaluation.progress.steadySince ?? Number.POSITIVE_INFINITY;
        expect(steadyFor).toBeLessThan(Number.POSITIVE_INFINITY);
        const decidedAt = observations.findIndex(
          (_, index) => judge(observations.slice(0, index + 1)).kind === 'passed',
        );
        const held = observations.slice(Math.max(0, decidedAt - 2), decidedAt + 1);
        expect(held.every((each) => each.kind === 'seen' && each.complete)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the judgement of a watched change and of a rollback', () => {
  it('lets it flap, but not stay worse', () => {
    const bad = seen({ complete: false });
    const first = evaluateWatch(START, bad, 5, 100, LIMITS);
    expect(first.kind).toBe('pending');
    expect(evaluateWatch(first.progress, seen(), 10, 100, LIMITS).progress.unhealthySince).toBeUndefined();
    expect(evaluateWatch(first.progress, bad, 25, 100, LIMITS)).toMatchObject({ kind: 'failed' });
  });

  it('never ends a watch well while it cannot look', () => {
    expect(evaluateWatch(START, BLIND, 100, 100, LIMITS)).toMatchObject({ kind: 'inconclusive' });
  });

  it('asks of a rollback as much as was ready before, and no more', () => {
    const partly = seen({ complete: false, pods: pods({ ready: 2 }) });
    const first = evaluateRollback(START, partly, 5, 2, LIMITS);
    expect(evaluateRollback(first.progress, partly, 15, 2, LIMITS)).toMatchObject({ kind: 'passed' });
    expect(evaluateRollback(START, partly, 100, 3, LIMITS)).toMatchObject({ kind: 'failed' });
  });

  it('lets a rollback that is looked at late show that it lasts', () => {
    const late = evaluateRollback(START, seen(), 200, 3, LIMITS);
    expect(late).toMatchObject({ kind: 'pending' });
    expect(evaluateRollback(late.progress, seen(), 210, 3, LIMITS)).toMatchObject({ kind: 'passed' });
  });
});
