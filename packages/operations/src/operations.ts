import type {
  Ballot,
  BallotResult,
  CorrelationId,
  Delegation,
  PlanCard,
  PlanEditReading,
  PlanId,
  PlanRecord,
  Principal,
} from '@jamie/core';
import { type BreakGlassRequest, type BreakGlassResult, breakGlass } from './approval/break-glass.ts';
import { castVote } from './approval/cast-vote.ts';
import { type DelegateRequest, type DelegateResult, delegate, endDelegation } from './approval/delegate.ts';
import { expirePlan } from './approval/expire-plan.ts';
import { type DecidablePlans, listDecidable } from './approval/list-decidable.ts';
import { type ReviewResult, reviewEmergency } from './approval/review-emergency.ts';
import { type EditRequest, type EditResult, editPlan } from './editing/edit-plan.ts';
import { readEdit } from './editing/read-edit.ts';
import { executePlan } from './execution/execute-plan.ts';
import { rollBackPlan } from './execution/roll-back-plan.ts';
import { createRunPlan } from './execution/run-plan.ts';
import { type FreezeReading, type FreezeResult, readFreeze, switchFreeze } from './freeze.ts';
import { getPlan } from './move-plan.ts';
import type { OperationsContext } from './operations-context.ts';
import { toPlanCard } from './plan-card.ts';
import { makePlan, type PlanResult } from './planning/make-plan.ts';
import type { PlanRequest } from './planning/plan-request.ts';
import { recoverPlans } from './recover-plans.ts';
import { type ForeignChange, findForeignChanges } from './remedies/find-foreign-changes.ts';
import { type RemedyRequest, type RemedyResult, remedy } from './remedies/remedy.ts';
import { verifyPlan } from './verification/verify-plan.ts';

/** The whole life of a change. The only way by which a write reaches a cluster. */
export interface Operations {
  /** Makes a plan; the caller commits it with newPlanChanges, together with its own reply. */
  plan(request: PlanRequest): Promise<PlanResult>;
  /** Makes a plan against a fault that nobody asked about; the caller commits its changes with the case. Throws invalid_input. */
  remedy(request: RemedyRequest): Promise<RemedyResult>;
  /** Which fields that a plan wrote somebody else has changed since. Fails like a reader of the cluster and like the store. */
  findForeignChanges(record: PlanRecord): Promise<readonly ForeignChange[]>;
  /** Makes an edited plan in the place of one that waits; the caller commits its changes with its own reply. Throws not_found. */
  edit(request: EditRequest): Promise<EditResult>;
  /** Throws not_found. */
  readEdit(planId: PlanId, principal: Principal): Promise<PlanEditReading>;
  vote(ballot: Ballot): Promise<BallotResult>;
  /** `signal` stops it between two steps; another run goes on from there. So does it a rollback. */
  execute(planId: PlanId, signal?: AbortSignal): Promise<void>;
  verify(planId: PlanId, tick: number): Promise<void>;
  rollBack(planId: PlanId, signal?: AbortSignal): Promise<void>;
  expire(planId: PlanId): Promise<void>;
  /** Starts a plan in an emergency, by one person alone. Throws not_found. */
  breakGlass(request: BreakGlassRequest): Promise<BreakGlassResult>;
  /** Throws not_found. */
  reviewEmergency(planId: PlanId, by: Principal, text: string): Promise<ReviewResult>;
  delegate(request: DelegateRequest): Promise<DelegateResult>;
  /** Undefined: there was no such agreement. */
  endDelegation(
    request: Pick<DelegateRequest, 'from' | 'to' | 'correlationId'>,
  ): Promise<Delegation | undefined>;
  /** The waiting plans that this person may decide. Fails like the store. */
  listDecidable(principal: Principal): Promise<DecidablePlans>;
  freeze(frozen: boolean, by: Principal, reason: string, correlationId: CorrelationId): Promise<FreezeResult>;
  readFreeze(): Promise<FreezeReading>;
  /** Asks again for work that seems lost; returns how many jobs it asked for. */
  recover(quietMs: number): Promise<number>;
  /** Throws not_found. */
  readCard(planId: PlanId): Promise<PlanCard>;
}

/** Binds the operations to their world. */
export function createOperations(context: OperationsContext): Operations {
  const run = createRunPlan(context);
  return {
    plan: (request) => makePlan(context, request),
    remedy: (request) => remedy(context, request),
    findForeignChanges: (record) => findForeignChanges(context, record),
    edit: (request) => editPlan(context, request),
    readEdit: (planId, principal) => readEdit(context, planId, principal),
    vote: (ballot) => castVote(context, ballot),
    execute: (planId, signal) => run(planId, () => executePlan(context, planId, signal)),
    verify: (planId, tick) => verifyPlan(context, planId, tick),
    rollBack: (planId, signal) => run(planId, () => rollBackPlan(context, planId, signal)),
    expire: (planId) => expirePlan(context, planId),
    breakGlass: (request) => breakGlass(context, request),
    reviewEmergency: (planId, by, text) => reviewEmergency(context, planId, by, text),
    delegate: (request) => delegate(context, request),
    endDelegation: (request) => endDelegation(context, request),
    listDecidable: (principal) => listDecidable(context, principal),
    freeze: (frozen, by, reason, correlationId) => switchFreeze(context, frozen, by, reason, correlationId),
    readFreeze: () => readFreeze(context),
    recover: (quietMs) => recoverPlans(context, quietMs),
    readCard: async (planId) =>
      toPlanCard(await getPlan(context, planId), await context.store.listVotes(planId)),
  };
}
