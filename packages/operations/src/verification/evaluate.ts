import type { VerificationProgress } from '@jamie/core';
import {
  CHANGED_BY_OTHERS,
  describeObservation,
  NO_PODS,
  type Observation,
  type PodCounts,
  type Seen,
} from './observation.ts';

/** How long what must hold. All in milliseconds. */
export interface EvaluationLimits {
  readonly readyForMs: number;
  readonly failFastAfterMs: number;
}

export type Evaluation =
  | { readonly kind: 'pending'; readonly progress: VerificationProgress }
  | { readonly kind: 'passed'; readonly progress: VerificationProgress }
  | { readonly kind: 'failed'; readonly progress: VerificationProgress; readonly reason: string }
  /** Nobody can say: no data, or somebody else changed the target. Held, told, never called success. */
  | { readonly kind: 'inconclusive'; readonly progress: VerificationProgress; readonly reason: string };

/** Judges a change that must become good: the rollout ends, then stays ready with no restart for readyForMs. Pure. */
export function evaluateVerification(
  before: VerificationProgress,
  observation: Observation,
  now: number,
  limits: EvaluationLimits,
): Evaluation {
  if (observation.kind === 'blind') return evaluateBlind(before, observation, now);
  if (observation.changed !== undefined) return changedByOthers(before, observation);
  const progress = progressed(
    before,
    observation,
    now,
    observation.complete && podsOf(observation).restarts <= before.restarts,
  );
  if (observation.failure !== undefined) {
    return { kind: 'failed', progress, reason: describeFailure(observation.failure, observation) };
  }
  if (progress.unhealthySince !== undefined && now - progress.unhealthySince >= limits.failFastAfterMs) {
    return { kind: 'failed', progress, reason: `new pods do not start: ${describeObservation(observation)}` };
  }
  if (progress.steadySince !== undefined && now - progress.steadySince >= limits.readyForMs) {
    return { kind: 'passed', progress };
  }
  if (hasTime(progress, now)) return { kind: 'pending', progress };
  if (observation.running !== undefined)
    return { kind: 'inconclusive', progress, reason: 'The time was up before it had ended.' };
  return { kind: 'failed', progress, reason: `time ran out with ${describeObservation(observation)}` };
}

/** Judges a verified change while it is watched: it may flap, but not stay worse for failFastAfterMs. Pure. */
export function evaluateWatch(
  before: VerificationProgress,
  observation: Observation,
  now: number,
  watchUntil: number,
  limits: EvaluationLimits,
): Evaluation {
  if (observation.kind === 'blind')
    return evaluateBlind({ ...before, deadlineAt: watchUntil }, observation, now);
  if (observation.changed !== undefined) return changedByOthers(before, observation);
  const progress = watched(before, observation, now);
  if (progress.unhealthySince !== undefined && now - progress.unhealthySince >= limits.failFastAfterMs) {
    return {
      kind: 'failed',
      progress,
      reason: `it got worse while it was watched: ${describeObservation(observation)}`,
    };
  }
  const isOver = now >= watchUntil && progress.unhealthySince === undefined;
  return { kind: isOver ? 'passed' : 'pending', progress };
}

/** Judges a rollback: the restored fields hold and at least as much is ready as before the change. Pure. */
export function evaluateRollback(
  before: VerificationProgress,
  observation: Observation,
  now: number,
  baselineReady: number,
  limits: EvaluationLimits,
): Evaluation {
  if (observation.kind === 'blind') return evaluateBlind(before, observation, now);
  if (observation.changed !== undefined) return changedByOthers(before, observation);
  const { ready, wanted } = podsOf(observation);
  const isAsGood = ready >= Math.min(baselineReady, wanted);
  const isSettled = baselineReady < wanted || observation.complete;
  const progress = progressed(before, observation, now, isAsGood && isSettled);
  if (progress.steadySince !== undefined && now - progress.steadySince >= limits.readyForMs)
    return { kind: 'passed', progress };
  if (!hasTime(progress, now))
    return {
      kind: 'failed',
      progress,
      reason: `after the rollback only ${describeObservation(observation)}`,
    };
  return { kind: 'pending', progress };
}

function evaluateBlind(before: VerificationProgress, observation: Observation, now: number): Evaluation {
  const { steadySince: _unknown, ...rest } = before;
  const progress: VerificationProgress = {
    ...rest,
    blindObservations: before.blindObservations + 1,
    lastObservation: describeObservation(observation),
  };
  if (now < before.deadlineAt) return { kind: 'pending', progress };
  return { kind: 'inconclusive', progress, reason: 'I could not see the target until the time was up.' };
}

/** What is good when the time is up may show that it lasts: whoever looks late must not take back what went well. */
function hasTime({ deadlineAt, steadySince }: VerificationProgress, now: number): boolean {
  return now < deadlineAt || steadySince !== undefined;
}

function changedByOthers(before: VerificationProgress, observation: Seen): Evaluation {
  return {
    kind: 'inconclusive',
    progress: { ...before, lastObservation: describeObservation(observation) },
    reason: observation.changed ?? CHANGED_BY_OTHERS,
  };
}

function progressed(
  before: VerificationProgress,
  observation: Seen,
  now: number,
  isGood: boolean,
): VerificationProgress {
  const { steadySince, unhealthySince, ...rest } = before;
  const isFailing = podsOf(observation).failing.pods > 0;
  return {
    ...rest,
    ...(isGood && { steadySince: steadySince ?? now }),
    ...(isFailing && { unhealthySince: unhealthySince ?? now }),
    restarts: podsOf(observation).restarts,
    lastObservation: describeObservation(observation),
    blindObservations: 0,
  };
}

function watched(before: VerificationProgress, observation: Seen, now: number): VerificationProgress {
  const { unhealthySince, ...rest } = before;
  const isWorse = !observation.complete || podsOf(observation).failing.pods > 0;
  return {
    ...rest,
    ...(isWorse && { unhealthySince: unhealthySince ?? now }),
    restarts: podsOf(observation).restarts,
    lastObservation: describeObservation(observation),
    blindObservations: 0,
  };
}

function podsOf(observation: Seen): PodCounts {
  return observation.pods ?? NO_PODS;
}

function describeFailure(failure: string, observation: Seen): string {
  return observation.pods === undefined
    ? `${failure}.`
    : `${failure} with ${describeObservation(observation)}`;
}
