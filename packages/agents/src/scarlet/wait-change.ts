import type { CorrelationId, PlanId, StoreChange } from '@jamie/core';

/** Asks Scarlet to wait for a plan's end, once. */
export function waitChange(planId: PlanId, correlationId: CorrelationId): StoreChange {
  return {
    kind: 'outbox.add',
    job: { name: 'agents.wait', payload: { planId }, deduplicationId: `wait:${planId}`, correlationId },
  };
}
