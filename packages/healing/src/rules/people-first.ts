import { formatDuration } from '@jamie/analysis';
import { formatObjectRef, isTerminal, type PlanRecord, type RecentChange } from '@jamie/core';
import { isOwnChange } from '../remedies/own-change.ts';
import { isSameObject } from '../remedies/same-object.ts';
import type { AttemptFacts, Rule } from './verdict.ts';

/** After a person's plan for the same object, before anything is tried by itself. */
const AFTER_PLAN_MS = 30 * 60_000;
/** After a change of the object that was not ours; a rollout that failed at once is left alone for as long as the team says. */
const AFTER_CHANGE_MS = 10 * 60_000;
const LOOK_AGAIN_MS = 60_000;

/** People who are at work on the object go first. */
export const peopleFirst: Rule = (facts) => {
  const plan = facts.plans.find(
    (record) => isOfPeople(record) && concerns(record, facts) && isFresh(record, facts.now),
  );
  if (plan !== undefined) {
    const until = isTerminal(plan.status) ? plan.updatedAt + AFTER_PLAN_MS : facts.now + LOOK_AGAIN_MS;
    const name = plan.plan.requester.displayName;
    return { kind: 'wait', until, reason: `${name} is at work on it with plan ${plan.plan.id}.` };
  }
  const { candidate, cases, now } = facts;
  const subject = formatObjectRef(facts.healingCase.subject);
  const held = candidate.changes
    .filter(({ ref, at }) => !isOwnChange(cases, ref, at))
    .map((change) => holdOf(change, facts))
    .toSorted((one, other) => other.until - one.until)[0];
  if (held === undefined || now >= held.until) return undefined;
  return { kind: 'wait', until: held.until, reason: `${subject} was ${held.why}` };
};

/** Until when a change by others is left alone. */
function holdOf(
  { ref, at }: RecentChange,
  { candidate, healingCase, autonomy }: AttemptFacts,
): { readonly until: number; readonly why: string } {
  const { rolloutWaitMs } = autonomy;
  const isRollout = at === candidate.failedRolloutAt && isSameObject(ref, healingCase.subject);
  if (!isRollout) {
    const until = at + Math.max(AFTER_CHANGE_MS, rolloutWaitMs);
    return { until, why: 'changed a moment ago; whoever did it may still be at work.' };
  }
  const why = `rolled out a moment ago; whoever did it has ${formatDuration(rolloutWaitMs)} to mend it.`;
  return { until: at + rolloutWaitMs, why };
}

function isOfPeople({ plan }: PlanRecord): boolean {
  return plan.healing === undefined && plan.requester.source !== 'automation';
}

function concerns({ plan }: PlanRecord, { healingCase }: AttemptFacts): boolean {
  if (plan.cluster !== healingCase.cluster) return false;
  return plan.steps.some(({ target }) => isSameObject(target.ref, healingCase.subject));
}

function isFresh({ status, updatedAt }: PlanRecord, now: number): boolean {
  return !isTerminal(status) || now - updatedAt < AFTER_PLAN_MS;
}
