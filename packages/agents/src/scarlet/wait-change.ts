import type { CorrelationId, JobRequest, PlanId, StoreChange } from '@jamie/core';

/** Asks Scarlet to wait for a plan's end, once. */
export function waitChange(planId: PlanId, correlationId: CorrelationId): StoreChange {
  return { kind: 'outbox.add', job: waitJob(planId, correlationId) };
}

/** The job in which Scarlet begins to wait. Asking for it again asks for the same. */
export function waitJob(planId: PlanId, correlationId: CorrelationId): JobRequest {
  return { name: 'agents.wait', payload: { planId }, deduplicationId: `wait:${planId}`, correlationId };
}
