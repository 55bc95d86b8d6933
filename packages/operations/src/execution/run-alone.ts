import { OpsError, type PlanId } from '@jamie/core';

/** Runs work for a plan unless the same process is at work for it already. */
export type RunAlone = (planId: PlanId, run: () => Promise<void>) => Promise<void>;

/**
 * One run of a plan at a time in a process. The lease tells processes apart and no more: two runs of one process would
 * each take it from the other, and neither would get to its request. Throws a retryable `unavailable` to the second.
 */
export function createRunAlone(retryAfterMs: number): RunAlone {
  const underWay = new Set<PlanId>();
  return async (planId, run) => {
    if (underWay.has(planId)) {
      throw new OpsError('unavailable', 'another run of this process holds the plan', { retryAfterMs });
    }
    underWay.add(planId);
    try {
      await run();
    } finally {
      underWay.delete(planId);
    }
  };
}
