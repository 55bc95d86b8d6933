import type { JsonObject, PlanId, PlanRecord, StoreChange } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { endChanges, repaintChanges } from './announce.ts';
import { auditedEffects } from './audited-effects.ts';
import type { OperationsContext } from './operations-context.ts';
import { applyPlanEvent, type PlanEvent } from './plan-event.ts';

/** One committed move of a plan, with what else must hold in the same commit. */
export interface MoveOptions {
  readonly event: PlanEvent;
  readonly actor: string;
  readonly also?: readonly StoreChange[];
  /** Facts for the audit entry. */
  readonly details?: JsonObject;
  /** False for moves that change nothing that people see. */
  readonly isShown?: boolean;
}

export type MoveResult =
  | { readonly kind: 'moved'; readonly record: PlanRecord }
  /** Somebody else moved the plan, or another change of the commit no longer held. Nothing was written. */
  | { readonly kind: 'lost'; readonly because: StoreChange['kind'] }
  | { readonly kind: 'impossible'; readonly status: PlanRecord['status'] };

/** A move that is still to be committed. */
export type PreparedMove =
  | { readonly kind: 'prepared'; readonly record: PlanRecord; readonly changes: readonly StoreChange[] }
  | { readonly kind: 'impossible'; readonly status: PlanRecord['status'] };

/**
 * Moves a plan by an event: record, repaint, audit and whatever comes along, in one commit guarded by the record's
 * version.
 */
export async function movePlan(
  context: OperationsContext,
  record: PlanRecord,
  options: MoveOptions,
): Promise<MoveResult> {
  const move = await prepareMove(context, record, options);
  if (move.kind === 'impossible') return move;
  const result = await context.store.commit(move.changes);
  return result.kind === 'committed'
    ? { kind: 'moved', record: move.record }
    : { kind: 'lost', because: result.change.kind };
}

/** Everything that moves a plan by an event, for a commit that holds more than that. */
export async function prepareMove(
  context: OperationsContext,
  record: PlanRecord,
  options: MoveOptions,
): Promise<PreparedMove> {
  const now = context.clock.now();
  const move = applyPlanEvent(record, options.event, now);
  if (move.kind === 'impossible') return { kind: 'impossible', status: move.from };
  const { plan } = record;
  const cards = options.isShown === false ? [] : await context.store.listMessagesOfPlan(plan.id);
  const changes: readonly StoreChange[] = [
    { kind: 'plan.update', record: move.record, expectedVersion: record.version },
    ...(options.also ?? []),
    ...repaintChanges(move.record, cards),
    ...endChanges(move.record),
    moveEntry(context, move.record, options),
  ];
  return { kind: 'prepared', record: move.record, changes };
}

/** The audit entry of a move: `record` as the move leaves it. */
export function moveEntry(
  { digest }: Pick<OperationsContext, 'digest'>,
  { plan, status, reason, updatedAt }: PlanRecord,
  { event, actor, details, also = [] }: MoveOptions,
): StoreChange {
  const effects = auditedEffects(event, also, plan, digest);
  return {
    kind: 'audit.append',
    entry: {
      at: updatedAt,
      kind: `plan.${event.kind}`,
      actor,
      correlationId: plan.correlationId,
      planId: plan.id,
      details: { status, reason, ...details, ...effects },
    },
  };
}

/** The record of a plan that must exist. */
export async function getPlan(context: OperationsContext, planId: PlanId): Promise<PlanRecord> {
  const record = await context.store.findPlan(planId);
  if (record !== undefined) return record;
  throw new OpsError('not_found', 'no such plan', {
    details: { planId },
    userMessage: `I know no plan ${planId}. Check the id on the card.`,
  });
}
