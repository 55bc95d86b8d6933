import type { PlanId } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { getPlan, movePlan } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';

/** Ends a plan that nobody decided in time. Does nothing to a plan that has moved on. */
export async function expirePlan(context: OperationsContext, planId: PlanId): Promise<void> {
  const record = await getPlan(context, planId);
  if (record.status !== 'awaiting_approval') return;
  if (context.clock.now() < record.plan.expiresAt) {
    throw new OpsError('unavailable', 'plan is not due to expire yet', {
      retryAfterMs: record.plan.expiresAt - context.clock.now(),
    });
  }
  const moved = await movePlan(context, record, {
    event: { kind: 'expired', reason: 'Nobody decided in time. Nothing was changed.' },
    actor: 'system',
  });
  if (moved.kind === 'lost') await expirePlan(context, planId);
}
