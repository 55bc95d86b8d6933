import { type PlanId, parsePlanId } from '@jamie/core';

/** The action ids of the buttons on a plan card. */
export const PLAN_ACTIONS = {
  approve: 'plan.approve',
  edit: 'plan.edit',
  deny: 'plan.deny',
  undo: 'plan.undo',
} as const;

/** The action id, before its number, of a button that asks for something, as if it had been typed after /jamie; its value is the command. */
export const COMMAND_ACTION = 'command.submit';

/** Which proposal a button belongs to: the plan, and the hash of what the clicker saw. */
export interface PlanAction {
  readonly planId: PlanId;
  readonly planHash: string;
}

const HASH = /^[0-9a-zA-Z_-]{1,200}$/;

/** The value of a button. */
export function formatPlanAction(action: PlanAction): string {
  return `${action.planId}:${action.planHash}`;
}

/** Reads the value of a clicked button; undefined when it is not one of ours. */
export function parsePlanAction(value: unknown): PlanAction | undefined {
  if (typeof value !== 'string') return undefined;
  const colon = value.indexOf(':');
  const planId = parsePlanId(value.slice(0, Math.max(colon, 0)));
  const planHash = value.slice(colon + 1);
  return planId === undefined || !HASH.test(planHash) ? undefined : { planId, planHash };
}
