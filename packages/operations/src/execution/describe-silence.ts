import type { Intent, OpsError, PlanRecord, Step } from '@jamie/core';
import { rollbackStepOf } from '../planning/rollback-step.ts';
import { takesAway } from './compare-target.ts';
import { describeRollback } from './describe-rollback.ts';
import { describeChanges, describeProgress } from './describe-stop.ts';
import { stepStatesOf } from './step-states.ts';

/** Most fields that say whether a step was carried out. */
const SHOWN_FIELDS = 3;

/** What stands on the card while a plan cannot go on. Pure. */
export function describeSilence({ status, plan }: PlanRecord, error: OpsError, limitMs: number): string {
  const what = sentence(error.userMessage ?? error.message);
  if (status === 'approved') return `It cannot start now: ${what} I keep trying until the plan expires.`;
  const end = status === 'rolling_back' ? 'ends, and somebody has to look at it' : 'ends';
  const goOn = plan.steps.length > 1 || status === 'rolling_back' ? 'go on' : 'see what became of it';
  return `I cannot ${goOn} now: ${what} I keep trying; after ${minutes(limitMs)} without getting further the plan ${end}.`;
}

/** How a plan that could not go on for too long has ended, with the exact state. Pure. */
export function describeGivingUp(
  record: PlanRecord,
  intents: readonly Intent[],
  error: OpsError,
  limitMs: number,
): string {
  const { plan, status } = record;
  const why = `I could not go on for ${minutes(limitMs)}: ${sentence(error.userMessage ?? error.message)}`;
  const states = stepStatesOf(plan.steps, intents, 'execute');
  if (status === 'rolling_back') {
    const back = stepStatesOf(plan.rollback, intents, 'rollback');
    const isBack = (step: Step) => back.applied.some(({ id }) => id === rollbackStepOf(plan, step)?.id);
    const doubt = back.unknown.map((step) => doubtOf(plan.rollback, step)).join(' ');
    const whole = [
      record.reason,
      `The rollback has not ended. ${why}`,
      describeRollback(plan, states, isBack),
      doubt,
    ];
    return [...whole, 'Somebody has to look at it.']
      .map((part) => part.trim())
      .filter(Boolean)
      .join(' ');
  }
  if (states.applied.length === 0 && states.unknown.length === 0)
    return `${why} Nothing was changed. Ask for it again.`;
  const doubt = states.unknown.map((step) => doubtOf(plan.steps, step));
  const progress = plan.steps.length > 1 ? [describeProgress(states)] : [];
  const undo = states.applied.length > 0 ? [`What was done stays; undo ${plan.id} takes it back.`] : [];
  return [why, ...doubt, ...progress, ...undo].join(' ');
}

/** Which step may have happened, and where that shows. */
function doubtOf(steps: readonly Step[], step: Step): string {
  const { kind, namespace, name } = step.target.ref;
  const which =
    steps.length === 1
      ? 'The change'
      : `Step ${steps.indexOf(step) + 1} of ${steps.length} (${step.summary.replace(/\.$/, '')})`;
  const place = namespace === undefined ? name : `${namespace}/${name}`;
  return `${which} may have been made and nobody can tell: look at ${kind} ${place}${signOf(step)}.`;
}

function signOf(step: Step): string {
  if (takesAway(step)) return ', which is gone if it was';
  if (step.target.uid === null) return ', which is there if it was';
  const changes = Object.entries(step.expected)
    .slice(0, SHOWN_FIELDS)
    .map(([pointer, after]) => ({ pointer, before: step.target.fields[pointer] ?? null, after }));
  return changes.length === 0 ? '' : ` (${describeChanges(changes)})`;
}

function minutes(durationMs: number): string {
  const count = Math.max(1, Math.round(durationMs / 60_000));
  return count === 1 ? 'a minute' : `${count} minutes`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
