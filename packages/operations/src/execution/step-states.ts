import type { Intent, Plan, Step } from '@jamie/core';
import { rollbackStepOf } from '../planning/rollback-step.ts';
import { isApplied, isUnknown } from './intent-outcome.ts';

/** How far a plan got, step by step, in the order of the plan. */
export interface StepStates {
  /** They had their effect. */
  readonly applied: readonly Step[];
  /** They may have had it. */
  readonly unknown: readonly Step[];
  /** They had none. */
  readonly left: readonly Step[];
}

/** What the intents say of these steps. Pure; an intent without an outcome is unknown. */
export function stepStatesOf(
  steps: readonly Step[],
  intents: readonly Intent[],
  phase: Intent['phase'],
): StepStates {
  const stateOf = (step: Step): keyof StepStates => {
    const intent = intents.find((candidate) => candidate.phase === phase && candidate.stepId === step.id);
    if (intent === undefined) return 'left';
    if (isApplied(intent.outcome)) return 'applied';
    return intent.outcome === undefined || isUnknown(intent.outcome) ? 'unknown' : 'left';
  };
  const of = (state: keyof StepStates) => steps.filter((step) => stateOf(step) === state);
  return { applied: of('applied'), unknown: of('unknown'), left: of('left') };
}

/** What takes exactly these steps back, the last first. */
export function rollbackStepsOf(plan: Pick<Plan, 'rollback'>, applied: readonly Step[]): readonly Step[] {
  return applied
    .toReversed()
    .map((step) => rollbackStepOf(plan, step))
    .filter((step) => step !== undefined);
}
