import type { AttemptOutcome, PlanRecord, Remediation } from '@jamie/core';

/** After a plan has succeeded, what it changed has this long to show. */
const SETTLE_MS = 2 * 60_000;
/** For so long it is waited to see whether the fault is gone. */
const BLIND_FOR_MS = 60 * 60_000;

export type OutcomeDecision =
  | { readonly kind: 'running' }
  | {
      readonly kind: 'ended';
      readonly outcome: AttemptOutcome;
      readonly reason: string;
      /** There is no automatic second way back: people have to look. */
      readonly escalate: boolean;
      /** A person or their tool took the change back. */
      readonly revertedAt?: number;
    };

/** What is known of an attempt. */
export interface OutcomeFacts {
  readonly remediation: Remediation;
  readonly planId: string;
  /** Undefined: there is no such plan any more. */
  readonly record: PlanRecord | undefined;
  readonly fault: 'seen' | 'gone' | 'unknown';
  readonly now: number;
}

/** How an attempt ended, from its plan and from whether the fault is still there. Pure. */
export function decideOutcome(facts: OutcomeFacts): OutcomeDecision {
  const { record, planId } = facts;
  if (record === undefined) return ended('unclear', `Plan ${planId} cannot be found any more.`, true);
  if (record.undoneBy !== undefined) {
    const reason = `Somebody took plan ${planId} back with ${record.undoneBy}.`;
    return { ...ended('taken_back', reason, false), revertedAt: record.updatedAt };
  }
  switch (record.status) {
    case 'succeeded':
      return outcomeOfSuccess(facts, record);
    case 'rolled_back':
      return ended('taken_back', `Plan ${planId} made it worse and was taken back.`, true);
    case 'rollback_failed':
      return ended('unclear', `Plan ${planId} went wrong, and so did taking it back.`, true);
    case 'inconclusive':
      return ended('unclear', `Nobody can tell whether plan ${planId} helped: ${record.reason}`, true);
    case 'failed':
      return ended('did_not_help', `Plan ${planId} failed: ${record.reason}`, true);
    case 'denied':
    case 'cancelled':
      return ended('declined', `Plan ${planId} was declined.`, false);
    case 'expired':
      return ended('unclear', `Nobody decided on plan ${planId} in time.`, false);
    case 'stale':
    case 'refused':
      return ended('did_not_help', `Plan ${planId} was not carried out: ${record.reason}`, false);
    default:
      return { kind: 'running' };
  }
}

function outcomeOfSuccess({ remediation, planId, fault, now }: OutcomeFacts, { updatedAt }: PlanRecord) {
  // A Job that failed stays failed: the run that succeeded is another.
  if (remediation === 'rerun-job' || fault === 'gone')
    return ended('helped', `Plan ${planId} helped: the fault is gone.`, false);
  if (fault === 'seen') {
    if (now - updatedAt < SETTLE_MS) return { kind: 'running' } as const;
    return ended('did_not_help', `Plan ${planId} was carried out, and the fault is still there.`, false);
  }
  if (now - updatedAt < BLIND_FOR_MS) return { kind: 'running' } as const;
  return ended('unclear', `Whether plan ${planId} helped could not be seen for an hour.`, true);
}

function ended(outcome: AttemptOutcome, reason: string, escalate: boolean) {
  return { kind: 'ended', outcome, reason, escalate } as const;
}
