import type { PlanRecord, StoreChange } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { newPlanChanges } from '../announce.ts';
import { movePlan } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';
import { makePlan, type PlanResult } from '../planning/make-plan.ts';

/**
 * Ends a plan whose target is no longer as previewed, and puts a fresh card in its place, in one commit. When no
 * fresh plan can be made (gone, nothing left to change), the card says so instead. A plan that nobody asked for gets no
 * successor: whether there is still something to heal is decided anew, and counts as another attempt.
 */
export async function endStale(
  context: OperationsContext,
  record: PlanRecord,
  reason: string,
  settled: readonly StoreChange[] = [],
): Promise<void> {
  const fresh = await replan(context, record);
  const also: readonly StoreChange[] = [
    ...settled,
    ...(fresh.kind === 'planned' ? newPlanChanges(fresh.record) : []),
  ];
  const moved = await movePlan(context, record, {
    event: {
      kind: 'stale',
      reason: fresh.kind === 'planned' ? `${reason} A fresh card follows.` : `${reason} ${fresh.message}`,
      replacedBy: fresh.kind === 'planned' ? fresh.record.plan.id : undefined,
    },
    actor: 'system',
    also,
  });
  if (moved.kind === 'moved') return;
  throw new OpsError('conflict', 'plan moved while it was found stale', { retryable: true, retryAfterMs: 0 });
}

type Successor = PlanResult | { readonly kind: 'none'; readonly message: string };

async function replan(context: OperationsContext, { plan }: PlanRecord): Promise<Successor> {
  if (plan.requester.source === 'automation') {
    return { kind: 'none', message: 'Whether the fault is still there is looked at anew.' };
  }
  return makePlan(context, {
    operation: plan.operation,
    cluster: plan.cluster,
    requester: plan.requester,
    requestId: plan.requestId,
    conversationId: plan.conversationId,
    correlationId: plan.correlationId,
    planKey: `replaces:${plan.id}`,
    replaces: plan.id,
  });
}
