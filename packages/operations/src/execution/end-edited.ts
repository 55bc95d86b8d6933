import type { PlanRecord } from '@jamie/core';
import { checkStoredPlan } from '../approval/check-stored-plan.ts';
import type { OperationsContext } from '../operations-context.ts';
import type { PlanEvent } from '../plan-event.ts';
import { completeUnknown } from './complete-intent.ts';
import { moveOrRetry } from './move-or-retry.ts';

/**
 * Ends a plan under way that is not the one that was approved any more: neither what is left of it nor its way back can
 * be told from what somebody made up. True when it has. Throws retryable when it lost a race.
 */
export async function endEdited(context: OperationsContext, record: PlanRecord): Promise<boolean> {
  const { plan } = record;
  const fault = checkStoredPlan(record, await context.store.listVotes(plan.id), context);
  if (fault === undefined) return false;
  const intents = await context.store.listIntents(plan.id);
  const isInDoubt = intents.some(({ outcome }) => outcome === undefined);
  await moveOrRetry(context, record, {
    event: endOf(record, fault, isInDoubt),
    actor: 'system',
    also: completeUnknown(context, intents, fault),
  });
  return true;
}

function endOf({ status, reason }: PlanRecord, fault: string, isInDoubt: boolean): PlanEvent {
  const stopped = 'I send nothing more for it. Somebody has to look at what was done so far.';
  if (status === 'rolling_back')
    return {
      kind: 'rollback_failed',
      reason: `${reason} The rollback was not carried out: ${fault} ${stopped}`,
    };
  return { kind: isInDoubt ? 'inconclusive' : 'failed', reason: `${fault} ${stopped}` };
}
