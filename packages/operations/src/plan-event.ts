import type {
  BreakGlass,
  ExecutionLease,
  PlanId,
  PlanRecord,
  PlanStatus,
  Principal,
  SignedApproval,
  VerificationProgress,
} from '@jamie/core';
import { assertNever, isTerminal, PLAN_STATUSES } from '@jamie/core';

/** Everything that can happen to a plan. */
export type PlanEvent =
  | {
      readonly kind: 'approved';
      readonly by: Principal;
      readonly reason: string;
      readonly approval: SignedApproval;
      readonly breakGlass?: BreakGlass;
    }
  | { readonly kind: 'vote_counted'; readonly reason: string }
  | { readonly kind: 'denied'; readonly by: Principal; readonly reason: string }
  /** Ends as denied: an edited plan has taken its place. */
  | {
      readonly kind: 'replaced';
      readonly by: Principal;
      readonly reason: string;
      readonly replacedBy: PlanId;
    }
  | { readonly kind: 'cancelled'; readonly by: Principal; readonly reason: string }
  | { readonly kind: 'expired'; readonly reason: string }
  | { readonly kind: 'held'; readonly reason: string }
  | {
      readonly kind: 'lease_taken';
      readonly lease: ExecutionLease;
      readonly readyReplicas: number | undefined;
    }
  | { readonly kind: 'lease_renewed'; readonly expiresAt: number }
  /** A step has had its effect, and another follows. */
  | { readonly kind: 'step_done'; readonly appliedSteps: number; readonly reason: string }
  /** A step was taken back, and another follows. */
  | { readonly kind: 'step_restored' }
  /** The next step has to wait for a disruption budget. */
  | { readonly kind: 'blocked'; readonly reason: string }
  /** Nobody answers, so that no step gets any further for now. */
  | { readonly kind: 'unanswered'; readonly reason: string }
  | { readonly kind: 'stale'; readonly reason: string; readonly replacedBy: PlanId | undefined }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string }
  | {
      readonly kind: 'applied';
      readonly appliedSteps: number;
      readonly verification: VerificationProgress;
      readonly reason: string;
    }
  | { readonly kind: 'observed'; readonly verification: VerificationProgress }
  | {
      readonly kind: 'verified';
      readonly verification: VerificationProgress;
      readonly watchUntil: number;
      readonly reason: string;
    }
  | { readonly kind: 'succeeded'; readonly reason: string }
  | { readonly kind: 'inconclusive'; readonly reason: string }
  | { readonly kind: 'rollback_started'; readonly reason: string }
  | {
      readonly kind: 'rollback_applied';
      readonly verification: VerificationProgress;
      readonly reason: string;
    }
  | { readonly kind: 'rolled_back'; readonly reason: string }
  | { readonly kind: 'rollback_failed'; readonly reason: string }
  | { readonly kind: 'undone'; readonly by: PlanId }
  /** Changes nothing but the record of an emergency start. */
  | { readonly kind: 'reviewed'; readonly by: Principal; readonly text: string };

export type PlanMove =
  | { readonly kind: 'moved'; readonly record: PlanRecord }
  | { readonly kind: 'impossible'; readonly from: PlanStatus; readonly event: PlanEvent['kind'] };

/** In which statuses an event may happen. What is not listed cannot happen. */
const POSSIBLE: Readonly<Record<PlanEvent['kind'], readonly PlanStatus[]>> = {
  approved: ['awaiting_approval'],
  vote_counted: ['awaiting_approval'],
  denied: ['awaiting_approval'],
  replaced: ['awaiting_approval'],
  cancelled: ['awaiting_approval'],
  expired: ['awaiting_approval', 'approved'],
  held: ['approved', 'executing'],
  lease_taken: ['approved', 'executing', 'rolling_back'],
  lease_renewed: ['executing', 'rolling_back'],
  step_done: ['executing'],
  step_restored: ['rolling_back'],
  blocked: ['executing'],
  unanswered: ['approved', 'executing', 'rolling_back'],
  stale: ['executing'],
  refused: ['executing'],
  failed: ['executing', 'verifying', 'watching'],
  applied: ['executing'],
  observed: ['verifying', 'watching', 'verifying_rollback'],
  verified: ['verifying'],
  succeeded: ['watching'],
  inconclusive: ['executing', 'verifying', 'watching', 'verifying_rollback'],
  rollback_started: ['executing', 'verifying', 'watching'],
  rollback_applied: ['rolling_back'],
  rolled_back: ['verifying_rollback'],
  rollback_failed: ['rolling_back', 'verifying_rollback'],
  reviewed: PLAN_STATUSES.filter((status) => status !== 'awaiting_approval'),
  undone: ['succeeded', 'failed', 'inconclusive', 'watching', 'verifying', 'rollback_failed'],
};

/** Applies an event to a record. Pure; the version grows by one, and a terminal record keeps its status for ever. */
export function applyPlanEvent(record: PlanRecord, event: PlanEvent, now: number): PlanMove {
  if (!POSSIBLE[event.kind].includes(record.status)) {
    return { kind: 'impossible', from: record.status, event: event.kind };
  }
  const changed = { ...record, ...change(record, event, now), version: record.version + 1, updatedAt: now };
  const next = withoutWaits(changed, event.kind);
  return { kind: 'moved', record: isTerminal(next.status) ? withoutLease(next) : next };
}

/** They are no progress: whatever the plan waits for, it waits on. Everything else ends every wait. */
const NO_PROGRESS: readonly PlanEvent['kind'][] = ['lease_taken', 'lease_renewed', 'reviewed', 'unanswered'];

/** With these the wait for a disruption budget, and the one for an answer, go on. */
const BLOCKED_ON: ReadonlySet<PlanEvent['kind']> = new Set([...NO_PROGRESS, 'blocked']);
const UNANSWERED_ON: ReadonlySet<PlanEvent['kind']> = new Set(NO_PROGRESS);

function change(record: PlanRecord, event: PlanEvent, now: number): Partial<PlanRecord> {
  switch (event.kind) {
    case 'approved':
      return approve(event, now);
    case 'denied':
    case 'cancelled':
      return { status: event.kind, reason: event.reason, decidedBy: event.by, decidedAt: now };
    case 'replaced':
      return { ...deny(event, now), replacedBy: event.replacedBy };
    case 'vote_counted':
      return { reason: event.reason };
    case 'held':
      return { status: 'approved', reason: event.reason, ...releasedLease(record, now) };
    case 'lease_taken':
      return takeLease(record, event);
    case 'lease_renewed':
      return record.lease === undefined ? {} : { lease: { ...record.lease, expiresAt: event.expiresAt } };
    case 'step_done':
      return { reason: event.reason, appliedSteps: event.appliedSteps };
    case 'step_restored':
      return {};
    case 'blocked':
      return {
        reason: event.reason,
        blockedSince: record.blockedSince ?? now,
        ...releasedLease(record, now),
      };
    case 'unanswered':
      return { unanswered: { since: record.unanswered?.since ?? now, reason: event.reason } };
    case 'stale':
      return {
        status: 'stale',
        reason: event.reason,
        ...(event.replacedBy && { replacedBy: event.replacedBy }),
      };
    case 'applied':
      return verifyFrom(event);
    case 'observed':
      return observe(record, event.verification);
    case 'verified':
      return watchFrom(event);
    case 'rollback_started':
      return { status: 'rolling_back', reason: event.reason, ...releasedLease(record, now) };
    case 'rollback_applied':
      return { status: 'verifying_rollback', reason: event.reason, verification: event.verification };
    case 'undone':
      return undo(record, event.by);
    case 'reviewed':
      return review(record, event, now);
    case 'expired':
    case 'refused':
    case 'failed':
    case 'succeeded':
    case 'inconclusive':
    case 'rolled_back':
    case 'rollback_failed':
      return { status: event.kind, reason: event.reason };
    default:
      return assertNever(event);
  }
}

function approve(
  { by, reason, approval, breakGlass }: Extract<PlanEvent, { kind: 'approved' }>,
  now: number,
): Partial<PlanRecord> {
  return {
    status: 'approved',
    reason,
    decidedBy: by,
    decidedAt: now,
    approval,
    ...(breakGlass && { breakGlass }),
  };
}

function deny(
  { by, reason }: { readonly by: Principal; readonly reason: string },
  now: number,
): Partial<PlanRecord> {
  return { status: 'denied', reason, decidedBy: by, decidedAt: now };
}

function verifyFrom({
  reason,
  appliedSteps,
  verification,
}: Extract<PlanEvent, { kind: 'applied' }>): Partial<PlanRecord> {
  return { status: 'verifying', reason, appliedSteps, verification };
}

function watchFrom({
  reason,
  verification,
  watchUntil,
}: Extract<PlanEvent, { kind: 'verified' }>): Partial<PlanRecord> {
  return { status: 'watching', reason, verification, watchUntil };
}

/** Why a rollback was needed, and that a change was verified, stay on the card while the target is observed. */
function observe(record: PlanRecord, verification: VerificationProgress): Partial<PlanRecord> {
  switch (record.status) {
    case 'verifying_rollback':
      return { verification };
    case 'watching':
      return { verification, reason: `Done, verified, and watched: ${verification.lastObservation}` };
    default:
      return { verification, reason: verification.lastObservation };
  }
}

function takeLease(
  record: PlanRecord,
  event: Extract<PlanEvent, { kind: 'lease_taken' }>,
): Partial<PlanRecord> {
  const baseline =
    record.baseline ??
    (event.readyReplicas === undefined ? undefined : { readyReplicas: event.readyReplicas });
  return {
    status: record.status === 'rolling_back' ? 'rolling_back' : 'executing',
    lease: event.lease,
    ...(baseline && { baseline }),
  };
}

/** An undone plan is no longer judged: what it was verified or watched for has been taken back on purpose. */
function undo(record: PlanRecord, by: PlanId): Partial<PlanRecord> {
  const status = isTerminal(record.status) ? record.status : 'succeeded';
  return { status, undoneBy: by, reason: `Undone by ${by}.` };
}

/** A wait holds nobody off; the epoch stays, so that it never goes backwards. */
function releasedLease({ lease }: PlanRecord, now: number): Partial<PlanRecord> {
  return lease === undefined ? {} : { lease: { ...lease, expiresAt: Math.min(lease.expiresAt, now) } };
}

function withoutWaits(
  { blockedSince, unanswered, ...rest }: PlanRecord,
  event: PlanEvent['kind'],
): PlanRecord {
  return {
    ...rest,
    ...(blockedSince !== undefined && BLOCKED_ON.has(event) && { blockedSince }),
    ...(unanswered !== undefined && UNANSWERED_ON.has(event) && { unanswered }),
  };
}

function review(
  { breakGlass }: PlanRecord,
  { by, text }: Extract<PlanEvent, { kind: 'reviewed' }>,
  at: number,
): Partial<PlanRecord> {
  return breakGlass === undefined ? {} : { breakGlass: { ...breakGlass, review: { by, text, at } } };
}

function withoutLease(record: PlanRecord): PlanRecord {
  const { lease: _released, ...rest } = record;
  return rest;
}
