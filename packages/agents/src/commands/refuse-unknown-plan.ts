import { isOpsError } from '@jamie/core';

export interface UnknownPlan {
  readonly kind: 'refused';
  readonly message: string;
}

/** Does something with a plan that somebody named: that there is no such plan is a refusal, not a failure. */
export async function refuseUnknownPlan<Result>(run: () => Promise<Result>): Promise<Result | UnknownPlan> {
  try {
    return await run();
  } catch (error) {
    if (!isOpsError(error, 'not_found')) throw error;
    return { kind: 'refused', message: error.userMessage ?? error.message };
  }
}
