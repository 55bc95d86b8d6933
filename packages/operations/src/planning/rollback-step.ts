import type { Plan, Step } from '@jamie/core';

/** The id of the step that takes another back. */
export function rollbackIdOf(stepId: string): string {
  return `${stepId}-rollback`;
}

/** The step that takes another back; undefined where there is no way back. */
export function rollbackStepOf({ rollback }: Pick<Plan, 'rollback'>, step: Step): Step | undefined {
  return rollback.find(({ id }) => id === rollbackIdOf(step.id));
}
