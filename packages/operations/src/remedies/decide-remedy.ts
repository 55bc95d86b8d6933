import type { FreezeState, Plan } from '@jamie/core';
import type { RemedyStanding } from './remedy-standing.ts';

/** Whether a change made by itself starts by itself, or waits for people; `why` is a sentence for them. */
export type RemedyDecision =
  | { readonly kind: 'start' }
  | {
      readonly kind: 'suggest';
      readonly reason: 'level' | 'high_risk' | 'owner_reverts' | 'frozen';
      readonly why: string;
    };

/**
 * Decides whether a change that the rules of the team allow starts by itself. Pure. Medium risk does, in production too:
 * the team has opted in. High risk never does, nor what somebody else would take back, nor anything while all changes
 * are frozen.
 */
export function decideRemedy(
  plan: Pick<Plan, 'risk' | 'managers'>,
  standing: Pick<Extract<RemedyStanding, { kind: 'allowed' }>, 'level'>,
  freeze: Pick<FreezeState, 'frozen' | 'reason'>,
): RemedyDecision {
  if (standing.level === 'suggest')
    return suggest('level', 'The policy of the team lets this be suggested, and people decide.');
  const owner = plan.managers.find(({ reverts }) => reverts);
  if (owner !== undefined)
    return suggest('owner_reverts', `${owner.name} would take it back. ${owner.advice}`);
  if (plan.risk.tier === 'high')
    return suggest('high_risk', `It is high risk (${plan.risk.reasons.join('; ')}), so people decide.`);
  if (freeze.frozen)
    return suggest('frozen', `All changes are frozen (${freeze.reason}), so nothing starts by itself.`);
  return { kind: 'start' };
}

function suggest(
  reason: Extract<RemedyDecision, { kind: 'suggest' }>['reason'],
  why: string,
): RemedyDecision {
  return { kind: 'suggest', reason, why };
}
