import type { EditedValues, PlanId, PlanRecord, StoreChange } from '@jamie/core';
import { newPlanChanges } from '../announce.ts';
import { getPlan, prepareMove } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';
import { makePlan } from '../planning/make-plan.ts';
import type { PlanRequest } from '../planning/plan-request.ts';
import { applyEdit } from './apply-edit.ts';
import { decideEditOf } from './read-edit.ts';

/** Who wants which plan with other values; the rest as for any plan. */
export interface EditRequest extends Omit<PlanRequest, 'operation' | 'cluster' | 'replaces'> {
  readonly planId: PlanId;
  readonly values: EditedValues;
}

export type EditResult =
  | { readonly kind: 'edited'; readonly record: PlanRecord; readonly changes: readonly StoreChange[] }
  | { readonly kind: 'refused'; readonly reason: string; readonly message: string };

/**
 * Makes the edited plan like any other, as the person who edits. The caller commits `changes`: the new plan with its
 * card, and the end of the old plan as replaced. Because they are one commit, guarded by the old plan's version, there
 * is never a moment with both or with neither, and an old plan that was decided meanwhile makes the commit fail.
 * Throws not_found; writes nothing.
 */
export async function editPlan(context: OperationsContext, request: EditRequest): Promise<EditResult> {
  const { planId, values, ...rest } = request;
  const old = await getPlan(context, planId);
  const decision = await decideEditOf(context, old, request.requester);
  if (decision.kind === 'refuse') {
    return { kind: 'refused', reason: decision.reason, message: decision.message };
  }
  const applied = applyEdit(old.plan.operation, values);
  if (applied.kind === 'refused') return applied;
  const { cluster } = old.plan;
  const fresh = await makePlan(context, { ...rest, cluster, operation: applied.operation, replaces: planId });
  if (fresh.kind === 'refused') return fresh;
  const { id: replacedBy } = fresh.record.plan;
  const by = request.requester;
  const move = await prepareMove(context, old, {
    event: {
      kind: 'replaced',
      by,
      replacedBy,
      reason: `Replaced by ${replacedBy}, which ${by.displayName} edited. Nothing was changed.`,
    },
    actor: by.id,
    details: { replacedBy },
  });
  if (move.kind === 'impossible') {
    return {
      kind: 'refused',
      reason: 'decided',
      message: 'The plan was decided meanwhile. Look at its card.',
    };
  }
  return {
    kind: 'edited',
    record: fresh.record,
    changes: [...newPlanChanges(fresh.record), ...move.changes],
  };
}
