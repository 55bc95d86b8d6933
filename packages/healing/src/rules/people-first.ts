import { formatObjectRef, isTerminal, type PlanRecord } from '@jamie/core';
import { isOwnChange } from '../remedies/own-change.ts';
import { isSameObject } from '../remedies/same-object.ts';
import type { AttemptFacts, Rule } from './verdict.ts';

/** After a person's plan for the same object, before anything is tried by itself. */
const AFTER_PLAN_MS = 30 * 60_000;
/** After a change of the object that was not ours. */
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
  const changedAt = Math.max(...foreignChangeTimes(facts), Number.NEGATIVE_INFINITY);
  const until = changedAt + AFTER_CHANGE_MS;
  if (facts.now >= until) return undefined;
  const reason = `${formatObjectRef(facts.healingCase.subject)} was changed a moment ago; whoever did it may still be at work.`;
  return { kind: 'wait', until, reason };
};

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

function foreignChangeTimes({ candidate, cases }: AttemptFacts): readonly number[] {
  return candidate.changes.filter(({ ref, at }) => !isOwnChange(cases, ref, at)).map(({ at }) => at);
}
