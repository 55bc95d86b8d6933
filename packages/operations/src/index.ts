export { newPlanChanges, showJob } from './announce.ts';
export type { FreezeResult } from './freeze.ts';
export { createOperations, type Operations } from './operations.ts';
export type { OperationsContext, OperationsTiming } from './operations-context.ts';
export { toPlanCard } from './plan-card.ts';
export type { PlanResult } from './planning/make-plan.ts';
export type { PlanRequest } from './planning/plan-request.ts';
