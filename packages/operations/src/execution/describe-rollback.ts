import type { Plan, Step } from '@jamie/core';
import { rollbackStepOf } from '../planning/rollback-step.ts';
import { namesOf } from './describe-stop.ts';
import type { StepStates } from './step-states.ts';

/**
 * What of a plan was taken back and what was not, step by step; empty for a plan of one step, whose status says it all.
 * `isBack` tells of a step that had its effect whether it was taken back. Pure.
 */
export function describeRollback(plan: Plan, states: StepStates, isBack: (step: Step) => boolean): string {
  if (plan.steps.length === 1) return '';
  const hasWayBack = (step: Step) => rollbackStepOf(plan, step) !== undefined;
  const [way, noWay] = [
    states.applied.filter(hasWayBack),
    states.applied.filter((step) => !hasWayBack(step)),
  ];
  return [
    clause('Taken back', way.filter(isBack)),
    clause(
      'Not taken back',
      way.filter((step) => !isBack(step)),
    ),
    clause('Cannot be taken back', noWay),
    clause('Unknown', states.unknown),
    clause('Never done', states.left),
  ].join('');
}

function clause(what: string, steps: readonly Step[]): string {
  return steps.length === 0 ? '' : `${what}: ${namesOf(steps)}. `;
}
