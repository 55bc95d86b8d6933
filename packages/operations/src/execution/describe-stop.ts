import type { FieldChange, Plan, Step } from '@jamie/core';
import { assertNever } from '@jamie/core';
import type { Comparison } from './compare-target.ts';
import type { StepStop } from './step-run.ts';
import type { StepStates } from './step-states.ts';

/** Most steps that one sentence names. */
const NAMED = 10;

type Difference = Exclude<Comparison, { kind: 'as_previewed' }>;

/** Why a step was not carried out, as the end of a sentence. */
export function describeStop(stop: Exclude<StepStop, { kind: 'frozen' }>): string {
  const why = withoutStop(whyOf(stop));
  return stop.inDoubt
    ? `I was interrupted while sending it and cannot tell whether it arrived; now ${why}`
    : why;
}

function whyOf(stop: Exclude<StepStop, { kind: 'frozen' }>): string {
  switch (stop.kind) {
    case 'rejected':
      return `the cluster refused it: ${stop.reason}`;
    case 'withdrawn':
      return `it may not be sent any more: ${stop.reason}`;
    case 'unreadable':
      return `the cluster does not let me look at it: ${stop.reason}`;
    case 'blocked':
      return `its disruption budget did not allow the eviction in time: ${stop.reason}`;
    case 'vanished':
      return 'it is not there, and somebody may have deleted it';
    case 'moved':
      return describeDifference(stop.comparison);
    default:
      return assertNever(stop);
  }
}

function describeDifference(comparison: Difference): string {
  switch (comparison.kind) {
    case 'gone':
      return 'it was deleted meanwhile';
    case 'replaced':
      return 'it was deleted meanwhile or made anew';
    case 'in_effect':
      return 'somebody else made this change already';
    case 'moved':
      return `somebody else changed it meanwhile (${describeChanges(comparison.changes)}), and I left that as it is`;
    default:
      return assertNever(comparison);
  }
}

/** Why a plan is stale, when nothing of it was carried out. */
export function describeStale(plan: Plan, step: Step, comparison: Difference): string {
  const { kind, name } = step.target.ref;
  const subject = plan.steps.length === 1 ? 'It' : `${kind} ${name}`;
  switch (comparison.kind) {
    case 'gone':
      return `${subject} was deleted after the preview. Nothing was changed.`;
    case 'replaced':
      return `${subject} was deleted or made anew after the preview. Nothing was changed.`;
    case 'in_effect':
      return plan.steps.length === 1
        ? 'Somebody else made this change already. Nothing was changed by me.'
        : `Somebody else changed ${subject} like this already. Nothing was changed by me.`;
    case 'moved':
      return `${subject} changed after the preview (${describeChanges(comparison.changes)}). Nothing was changed.`;
    default:
      return assertNever(comparison);
  }
}

/** What differs, field by field; long values by their name alone. */
export function describeChanges(changes: readonly FieldChange[]): string {
  return changes.map(describeChange).join('; ');
}

function describeChange({ pointer, before, after }: FieldChange): string {
  const isShort = [before, after].every((value) => typeof value !== 'object' || value === null);
  const name = pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/');
  return isShort ? `${name} ${JSON.stringify(before)} → ${JSON.stringify(after)}` : name;
}

/** How far a plan got, for example "1 of 3 done: Cordon Node worker-1. 2 left: …". */
export function describeProgress({ applied, unknown, left }: StepStates): string {
  const total = applied.length + unknown.length + left.length;
  return [
    `${applied.length} of ${total} done${applied.length === 0 ? '' : `: ${namesOf(applied)}`}.`,
    unknown.length === 0 ? '' : `${unknown.length} unknown: ${namesOf(unknown)}.`,
    left.length === 0 ? '' : `${left.length} left: ${namesOf(left)}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** What steps do, in their own words; the number of those that are too many to name. */
export function namesOf(steps: readonly Step[]): string {
  const names = steps.slice(0, NAMED).map(({ summary }) => withoutStop(summary));
  return steps.length > NAMED ? `${names.join('; ')} and ${steps.length - NAMED} more` : names.join('; ');
}

function withoutStop(text: string): string {
  return text.replace(/\.$/, '');
}
