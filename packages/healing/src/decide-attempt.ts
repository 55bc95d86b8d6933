import { budget } from './rules/budget.ts';
import { declined } from './rules/declined.ts';
import { dependencyOrder } from './rules/dependency-order.ts';
import { fight } from './rules/fight.ts';
import { frozen } from './rules/frozen.ts';
import { notAllowed } from './rules/not-allowed.ts';
import { notBefore } from './rules/not-before.ts';
import { oneAtATime } from './rules/one-at-a-time.ts';
import { oscillation } from './rules/oscillation.ts';
import { peopleFirst } from './rules/people-first.ts';
import { remedyLeft } from './rules/remedy-left.ts';
import { stormBreaker } from './rules/storm-breaker.ts';
import type { AttemptFacts, Rule, Verdict } from './rules/verdict.ts';

/**
 * In this order the first that objects decides. A freeze and a storm come before what would be told to people: they say
 * it once themselves. What people said no to comes before the budget: they know already.
 */
const RULES: readonly Rule[] = [
  notAllowed,
  frozen,
  stormBreaker,
  notBefore,
  oscillation,
  fight,
  declined,
  budget,
  remedyLeft,
  peopleFirst,
  dependencyOrder,
  oneAtATime,
];

/** Whether a fault that is there now is tried now. Pure. */
export function decideAttempt(facts: AttemptFacts): Verdict {
  for (const rule of RULES) {
    const verdict = rule(facts);
    if (verdict !== undefined) return verdict;
  }
  return { kind: 'try' };
}
