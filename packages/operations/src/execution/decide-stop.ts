import type { Plan } from '@jamie/core';
import { describeChanges, describeProgress, describeStale, describeStop } from './describe-stop.ts';
import type { StepStop } from './step-run.ts';
import { rollbackStepsOf, type StepStates } from './step-states.ts';

/** What becomes of a plan whose next step was not carried out. */
export type StopDecision =
  /** Once changes are unfrozen it goes on. */
  | { readonly kind: 'hold' }
  /** The eviction is tried again. */
  | { readonly kind: 'wait'; readonly reason: string }
  /** Nothing was changed, and a fresh card takes its place. */
  | { readonly kind: 'stale'; readonly reason: string }
  /** Nothing was changed. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Ended, with the exact state. */
  | { readonly kind: 'failed'; readonly reason: string }
  /** Nobody can tell what became of the step. */
  | { readonly kind: 'inconclusive'; readonly reason: string }
  /** The earlier steps are taken back. */
  | { readonly kind: 'roll_back'; readonly reason: string };

/** Decides what follows from a step that was not carried out. Pure. */
export function decideStop(plan: Plan, stop: StepStop, states: StepStates, isOverdue: boolean): StopDecision {
  if (stop.kind === 'frozen') return { kind: 'hold' };
  if (stop.kind === 'blocked' && !isOverdue) return { kind: 'wait', reason: waitReason(plan, stop, states) };
  return states.applied.length === 0 ? stopAtStart(plan, stop) : stopUnderWay(plan, stop, states);
}

type FinalStop = Exclude<StepStop, { kind: 'frozen' }>;

/** Nothing of the plan was carried out. */
function stopAtStart(plan: Plan, stop: FinalStop): StopDecision {
  switch (stop.kind) {
    case 'rejected':
      return {
        kind: 'failed',
        reason: `The cluster refused it: ${sentence(stop.reason)} Nothing was changed.`,
      };
    case 'withdrawn':
      return { kind: 'refused', reason: `${sentence(stop.reason)} Nothing was changed.` };
    case 'blocked':
      return {
        kind: 'failed',
        reason: `It was not carried out: ${describeStop(stop)}. Nothing was changed.`,
      };
    case 'unreadable':
      if (stop.inDoubt) return { kind: 'inconclusive', reason: lostSightReason(stop.reason) };
      return { kind: 'refused', reason: unreadableReason(stop.reason) };
    case 'vanished':
      return { kind: 'inconclusive', reason: vanishedReason(stop) };
    case 'moved':
      if (stop.inDoubt) return { kind: 'inconclusive', reason: lostTrackReason(stop) };
      return { kind: 'stale', reason: describeStale(plan, stop.step, stop.comparison) };
  }
}

/** Earlier steps have had their effect. */
function stopUnderWay(plan: Plan, stop: FinalStop, states: StepStates): StopDecision {
  const position = plan.steps.findIndex(({ id }) => id === stop.step.id) + 1;
  const summary = stop.step.summary.replace(/\.$/, '');
  const reason = `Step ${position} of ${plan.steps.length} (${summary}) was not carried out: ${describeStop(stop)}.`;
  const hasWayBack = rollbackStepsOf(plan, states.applied).length > 0;
  if (plan.onPartialFailure === 'compensate' && hasWayBack)
    return { kind: 'roll_back', reason: `${reason} Taking back what was done.` };
  const whole = `${reason} ${describeProgress(states)}`;
  return { kind: stop.inDoubt ? 'inconclusive' : 'failed', reason: whole };
}

function waitReason(plan: Plan, stop: Extract<StepStop, { kind: 'blocked' }>, states: StepStates): string {
  const evictions = plan.steps.filter(({ request }) => request.verb === 'evict').length;
  const moved = states.applied.filter(({ request }) => request.verb === 'evict').length;
  const progress = `${moved} of ${evictions} ${evictions === 1 ? 'pod' : 'pods'} moved`;
  return `Waiting: a disruption budget allows no disruption now (${progress}). ${sentence(stop.reason)}`;
}

/** What is said of an object that nobody may look at, before anything was sent. */
export function unreadableReason(reason: string): string {
  return `The cluster does not let me look at it: ${sentence(reason)} Nothing was changed.`;
}

function lostSightReason(reason: string): string {
  return `I was interrupted while sending this, and the cluster no longer lets me look at it: ${sentence(reason)} I cannot tell whether my change arrived.`;
}

/** An interrupted run may or may not have sent the request, and the object tells neither way any more. */
function lostTrackReason({ comparison }: Extract<StepStop, { kind: 'moved' }>): string {
  const now = comparison.kind === 'moved' ? ` (now ${describeChanges(comparison.changes)})` : '';
  return `I was interrupted while sending this, and the object has been changed by somebody else since${now}. I cannot tell whether my change arrived. Look at it before you do anything else.`;
}

/** What is not there may have been made and deleted since; made once more, it would come back against somebody's will. */
function vanishedReason({ step }: StepStop): string {
  const { kind, name } = step.target.ref;
  return `I was interrupted while making ${kind} ${name}, and it is not there: either my request never arrived, or somebody has deleted it since. I do not make it a second time by myself. Ask for it again if you want it.`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
