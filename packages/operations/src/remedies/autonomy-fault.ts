import type { PlanRecord } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';
import { decideRemedy } from './decide-remedy.ts';
import { remedyStanding } from './remedy-standing.ts';

/** Whether all changes are frozen is asked apart: a plan that a rule lets start is held then, not refused. */
const NOT_FROZEN = { frozen: false, reason: '' } as const;

/**
 * Why a plan that a rule lets start must not go on, in words for people; undefined where the rule still holds, and for
 * every other plan. Asked whenever requests are about to be sent: the rules in force must still let this happen by
 * itself, in every place that it touches, and the plan must be an attempt of the case that it names. Fails like the store.
 */
export async function autonomyFault(
  { store, policy }: Pick<OperationsContext, 'store' | 'policy'>,
  { plan, approval }: PlanRecord,
): Promise<string | undefined> {
  if (approval?.statement.basis !== 'autonomy') return undefined;
  const { healing } = plan;
  if (healing === undefined) return 'It heals no fault that I know of, so no rule lets it start.';
  const standing = remedyStanding({ ...plan, healing }, policy.current());
  if (standing.kind === 'refused') return standing.message;
  const decision = decideRemedy(plan, standing, NOT_FROZEN);
  if (decision.kind === 'suggest') return `No rule lets it start by itself any more. ${decision.why}`;
  const found = await store.findHealingCase(healing.caseId);
  const isItsAttempt =
    found?.cluster === plan.cluster &&
    found.remediation === healing.remediation &&
    found.attempts.some(({ planId }) => planId === plan.id);
  return isItsAttempt ? undefined : 'No case of a fault names it as its attempt, so no rule lets it start.';
}
