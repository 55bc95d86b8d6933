import type { PlanId } from '@jamie/core';

/** The annotation by which an object that a plan made is known again. */
export const PLAN_ANNOTATION = 'jamie-scarlet.io/plan';
/** Names of Jobs become a label of their pods. */
const MAX_LENGTH = 63;

/** The name of an object that a plan makes from another: the same whenever the plan is made or sent again. Pure. */
export function nameForPlan(base: string, planId: PlanId): string {
  const suffix = `-${planId}`;
  return `${base.slice(0, MAX_LENGTH - suffix.length).replace(/[-.]+$/, '')}${suffix}`;
}
