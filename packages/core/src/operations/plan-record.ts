import type { PlanId } from '../ids.ts';
import type { Principal } from '../principal.ts';
import type { BreakGlass, SignedApproval } from './approval.ts';
import type { Plan } from './plan.ts';

/**
 * Where a plan is in its life.
 * awaiting_approval -> approved -> executing -> verifying -> watching -> succeeded
 * Everything that ends it otherwise says how: denied, expired, cancelled, stale, refused, failed,
 * rolled_back, rollback_failed, inconclusive.
 */
export const PLAN_STATUSES = [
  'awaiting_approval',
  'approved',
  'executing',
  'verifying',
  'watching',
  'rolling_back',
  'verifying_rollback',
  'succeeded',
  'denied',
  'expired',
  'cancelled',
  'stale',
  'refused',
  'failed',
  'rolled_back',
  'rollback_failed',
  'inconclusive',
] as const;
export type PlanStatus = (typeof PLAN_STATUSES)[number];

/** The statuses of plans that have not ended. */
export const OPEN_PLAN_STATUSES: readonly PlanStatus[] = [
  'awaiting_approval',
  'approved',
  'executing',
  'verifying',
  'watching',
  'rolling_back',
  'verifying_rollback',
];

export function isTerminal(status: PlanStatus): boolean {
  return !OPEN_PLAN_STATUSES.includes(status);
}

export interface Vote {
  readonly planId: PlanId;
  /** The hash that the voter saw; a vote on another hash does not count. */
  readonly planHash: string;
  readonly principal: Principal;
  readonly decision: 'approve' | 'deny';
  readonly reason?: string;
  /** Whose approval this is, where somebody else cast it for them. */
  readonly onBehalfOf?: Principal;
  readonly at: number;
}

/** Who holds the right to act on the cluster for this plan. A larger epoch fences off every smaller one. */
export interface ExecutionLease {
  readonly owner: string;
  readonly epoch: number;
  readonly expiresAt: number;
}

/** What verification has seen so far. */
export interface VerificationProgress {
  readonly startedAt: number;
  readonly deadlineAt: number;
  /** Since when all conditions have held without a break. */
  readonly steadySince?: number;
  /** Since when something has been wrong without a break. */
  readonly unhealthySince?: number;
  /** Container restarts of the target's pods, as last counted. */
  readonly restarts: number;
  readonly lastObservation: string;
  /** Consecutive observations without data. */
  readonly blindObservations: number;
}

export interface PlanRecord {
  readonly plan: Plan;
  readonly status: PlanStatus;
  /** Grows by one with each change; every update is a compare-and-set on it. */
  readonly version: number;
  readonly updatedAt: number;
  /** Why the plan is where it is, in a sentence for people. */
  readonly reason: string;
  /** Who decided, once somebody has. */
  readonly decidedBy?: Principal;
  readonly decidedAt?: number;
  /** What lets it start; made with the decision and checked before anything is sent. */
  readonly approval?: SignedApproval;
  readonly breakGlass?: BreakGlass;
  readonly lease?: ExecutionLease;
  /** The target as it was just before the first request was sent: the least that a rollback must bring back. */
  readonly baseline?: { readonly readyReplicas: number };
  /** Steps that have had their effect so far; absent before the first. */
  readonly appliedSteps?: number;
  /** Since when the next step has been held up by a disruption budget. */
  readonly blockedSince?: number;
  /** Since when no step gets any further because the cluster, or whoever else is asked, does not answer; and why. */
  readonly unanswered?: { readonly since: number; readonly reason: string };
  readonly verification?: VerificationProgress;
  readonly watchUntil?: number;
  /** The fresh plan that was made when this one went stale. */
  readonly replacedBy?: PlanId;
  /** The plan that undid this one. */
  readonly undoneBy?: PlanId;
}
