import { OpsError, type PlanId } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';
import { waitOrGiveUp } from './wait-or-give-up.ts';

/** Runs work for a plan. */
export type RunPlan = (planId: PlanId, work: () => Promise<void>) => Promise<void>;

/**
 * How every plan is carried out and taken back: one run of it at a time in a process, and what fails because nothing
 * answers is said on its card, or ends it when it has waited too long. The lease tells processes apart and no more: two
 * runs of one process would each take it from the other, and neither would get to its request. Throws a retryable
 * `unavailable` to the second, and what the work throws where the plan goes on.
 */
export function createRunPlan(context: OperationsContext): RunPlan {
  const underWay = new Set<PlanId>();
  return async (planId, work) => {
    if (underWay.has(planId)) {
      throw new OpsError('unavailable', 'another run of this process holds the plan', {
        retryAfterMs: context.timing.leaseMs,
      });
    }
    underWay.add(planId);
    try {
      await work();
    } catch (error) {
      if (!(await waitOrGiveUp(context, planId, error))) throw error;
    } finally {
      underWay.delete(planId);
    }
  };
}
