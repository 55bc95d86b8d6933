import type { HealingOrigin, ObjectManager, Plan, PlanRecord, StoreChange } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { newPlanChanges } from '../announce.ts';
import { executeChange } from '../approval/execute-change.ts';
import { signApproval } from '../approval/sign-approval.ts';
import { moveEntry } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';
import { applyPlanEvent, type PlanEvent } from '../plan-event.ts';
import { makePlan, type PlanResult } from '../planning/make-plan.ts';
import type { PlanRequest } from '../planning/plan-request.ts';
import { decideRemedy } from './decide-remedy.ts';
import { type RemedyStanding, remedyStanding } from './remedy-standing.ts';

/** Asks for a plan that nobody asked for. The requester is the automation itself. */
export interface RemedyRequest extends PlanRequest {
  readonly healing: HealingOrigin;
}

export type RemedyResult =
  /** Approved by the rule of the team that lets it start; it runs once `changes` are committed. */
  | { readonly kind: 'started'; readonly record: PlanRecord; readonly changes: readonly StoreChange[] }
  /** Waits for people like any other plan; `why` is a sentence for them. */
  | {
      readonly kind: 'suggested';
      readonly record: PlanRecord;
      readonly changes: readonly StoreChange[];
      readonly why: string;
    }
  | {
      readonly kind: 'refused';
      /** `owner_reverts`: one of the managers would take the change back. Otherwise why there is no plan. */
      readonly reason: string;
      /** What, why and what to do. */
      readonly message: string;
      /** Who else decides about the objects, where that is known. */
      readonly managers: readonly ObjectManager[];
    };

/**
 * Makes a plan against a fault, as the automation, and decides whether it starts by itself. Commits nothing: the caller
 * commits `changes` together with the case that the plan is an attempt of, for without its case it does not start. The
 * same planKey always gives the same plan id, so that a repeat cannot become a second plan. Throws invalid_input for a
 * requester who is a person; fails like a reader of the cluster.
 */
export async function remedy(context: OperationsContext, request: RemedyRequest): Promise<RemedyResult> {
  const { requester, healing } = request;
  if (requester.source !== 'automation') {
    throw new OpsError('invalid_input', 'only the automation heals by itself', {
      details: { requester: requester.id },
    });
  }
  const result = await makePlan(context, request);
  const managers = result.kind === 'planned' ? result.record.plan.managers : (result.managers ?? []);
  const owner = managers.find(({ reverts }) => reverts);
  if (owner !== undefined) {
    const message = `${owner.name} would take this back (${owner.evidence}). ${owner.advice}`;
    return { kind: 'refused', reason: 'owner_reverts', message, managers };
  }
  if (result.kind === 'refused') return { ...withoutManagers(result), managers };
  const standing = remedyStanding({ ...result.record.plan, healing }, context.policy.current());
  if (standing.kind === 'refused') return { ...standing, managers };
  const decision = decideRemedy(result.record.plan, standing, await context.store.readFreeze());
  return decision.kind === 'start'
    ? start(context, result.record, standing)
    : suggest(result.record, decision.why);
}

function withoutManagers({ kind, reason, message }: Extract<PlanResult, { kind: 'refused' }>) {
  return { kind, reason, message };
}

function suggest(record: PlanRecord, why: string): RemedyResult {
  const suggested = { ...record, reason: `Suggested by itself. ${why} ${record.reason}` };
  return { kind: 'suggested', record: suggested, changes: newPlanChanges(suggested), why };
}

/** The plan as approved by the rule, in one insert: there is no moment in which people could be asked. */
function start(
  context: OperationsContext,
  proposed: PlanRecord,
  { rules }: Extract<RemedyStanding, { kind: 'allowed' }>,
): RemedyResult {
  const { plan } = proposed;
  const now = context.clock.now();
  const event: PlanEvent = {
    kind: 'approved',
    by: plan.requester,
    reason: `Starting by itself: the policy of the team allows it (${rules.join(', ')}).`,
    approval: signApproval(plan, { basis: 'autonomy', votes: [], decidedAt: now }, context.signer),
  };
  const move = applyPlanEvent(proposed, event, now);
  if (move.kind === 'impossible') throw new OpsError('internal', 'a new plan cannot be approved');
  const record: PlanRecord = { ...move.record, version: proposed.version };
  const entry = moveEntry(context, record, {
    event,
    actor: plan.requester.id,
    details: { basis: 'autonomy', rules, ...originFacts(plan) },
  });
  return { kind: 'started', record, changes: [...newPlanChanges(record), entry, executeChange(plan)] };
}

function originFacts({ healing }: Plan) {
  return healing === undefined ? {} : { caseId: healing.caseId, remediation: healing.remediation };
}
