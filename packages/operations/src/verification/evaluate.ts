import type { VerificationProgress } from '@jamie/core';
import { describeObservation, type Observation } from './observation.ts';

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

type Seen = Extract<Observation, { kind: 'seen' }>;

/** Judges a change that must become good: the rollout ends, then stays ready with no restart for readyForMs. Pure. */
export function evaluateVerification(
  before: VerificationProgress,
  observation: Observation,
  now: number,
  limits: EvaluationLimits,
): Evaluation {
  if (observation.kind === 'blind') return evaluateBlind(before, observation, now);
  if (!observation.holds) return changedByOthers(before, observation);
  const progress = progressed(
    before,
    observation,
    now,
    observation.complete && observation.restarts <= before.restarts,
  );
  if (observation.deadlineExceeded) {
    return {
      kind: 'failed',
      progress,
      reason: `the rollout exceeded its progress deadline with ${describeObservation(observation)}`,
    };
  }
  if (progress.unhealthySince !== undefined && now - progress.unhealthySince >= limits.failFastAfterMs) {
    return { kind: 'failed', progress, reason: `new pods do not start: ${describeObservation(observation)}` };
  }
  if (progress.steadySince !== undefined && now - progress.steadySince >= limits.readyForMs) {
    return { kind: 'passed', progress };
  }
  if (now >= progress.deadlineAt)
    return { kind: 'failed', progress, reason: `time ran out with ${describeObservation(observation)}` };
  return { kind: 'pending', progress };
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
  if (!observation.holds) return changedByOthers(before, observation);
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
  if (!observation.holds) return changedByOthers(before, observation);
  const isAsGood = observation.ready >= Math.min(baselineReady, observation.wanted);
  const isSettled = baselineReady < observation.wanted || observation.complete;
  const progress = progressed(before, observation, now, isAsGood && isSettled);
  if (progress.steadySince !== undefined && now - progress.steadySince >= limits.readyForMs)
    return { kind: 'passed', progress };
  if (now >= progress.deadlineAt)
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

function changedByOthers(before: VerificationProgress, observation: Seen): Evaluation {
  return {
    kind: 'inconclusive',
    progress: { ...before, lastObservation: describeObservation(observation) },
    reason: 'Somebody else changed the target meanwhile, so I stopped judging it.',
  };
}

function progressed(
  before: VerificationProgress,
  observation: Seen,
  now: number,
  isGood: boolean,
): VerificationProgress {
  const { steadySince, unhealthySince, ...rest } = before;
  const isFailing = observation.failing.pods > 0;
  return {
    ...rest,
    ...(isGood && { steadySince: steadySince ?? now }),
    ...(isFailing && { unhealthySince: unhealthySince ?? now }),
    restarts: observation.restarts,
    lastObservation: describeObservation(observation),
    blindObservations: 0,
  };
}

function watched(before: VerificationProgress, observation: Seen, now: number): VerificationProgress {
  const { unhealthySince, ...rest } = before;
  const isWorse = !observation.complete || observation.failing.pods > 0;
  return {
    ...rest,
    ...(isWorse && { unhealthySince: unhealthySince ?? now }),
    restarts: observation.restarts,
    lastObservation: describeObservation(observation),
    blindObservations: 0,
  };
}
