import { isTerminal, PLAN_STATUSES, type PlanStatus } from '@jamie/core';

/** The statuses of plans that have not ended. */
export const OPEN_STATUSES: readonly PlanStatus[] = PLAN_STATUSES.filter((status) => !isTerminal(status));
