import type { AccessAnswer, Plan, PlanRecord, Principal, Vote } from '@jamie/core';
import { describeDecided, describeMissingRights } from './wording.ts';

/** A vote as it was cast, before anybody decided whether it counts. */
export interface CastVote {
  readonly principal: Principal;
  readonly planHash: string;
  readonly decision: 'approve' | 'deny';
  readonly now: number;
  /** Whether the cluster itself would let the voter make this change. */
  readonly access: AccessAnswer;
}

export type VoteDecision =
  /** `completes`: with this vote the quorum is reached. */
  | { readonly kind: 'approve'; readonly completes: boolean; readonly approvals: number }
  | { readonly kind: 'deny' }
  /** The requester takes the plan back. */
  | { readonly kind: 'cancel' }
  | { readonly kind: 'repeat' }
  | {
      readonly kind: 'refuse';
      readonly reason:
        | 'decided'
        | 'expired'
        | 'other_plan'
        | 'requester'
        | 'not_permitted'
        | 'unknown_person'
        | 'already_voted';
      readonly message: string;
    };

/**
 * Decides what a vote does. Pure. A denial by somebody who may approve ends the plan; the requester may always
 * take a plan back; whoever may not make the change may not approve it either.
 */
export function decideVote(record: PlanRecord, votes: readonly Vote[], cast: CastVote): VoteDecision {
  const { plan } = record;
  const own = votes.find((vote) => vote.principal.id === cast.principal.id);
  if (record.status !== 'awaiting_approval') {
    return own?.decision === cast.decision ? { kind: 'repeat' } : refuse('decided', describeDecided(record));
  }
  if (cast.planHash !== plan.hash) {
    return refuse(
      'other_plan',
      'That card shows another version of the plan. Look at the newest card and decide there.',
    );
  }
  if (cast.now >= plan.expiresAt)
    return refuse('expired', 'The plan expired before you decided. Ask for it again.');
  const isRequester = cast.principal.id === plan.requester.id;
  if (cast.decision === 'deny' && isRequester) return { kind: 'cancel' };
  if (!cast.access.allowed) return refuse('not_permitted', describeMissingRights(plan, cast.access));
  if (cast.decision === 'deny') return { kind: 'deny' };
  if (isRequester && !plan.risk.quorum.requesterCounts) {
    return refuse('requester', 'You asked for this change, so somebody else has to approve it.');
  }
  if (own !== undefined) return { kind: 'repeat' };
  const approvals = countApprovals(votes, plan) + 1;
  return { kind: 'approve', approvals, completes: approvals >= plan.risk.quorum.approvals };
}

/** Approvals that count towards the quorum: of this hash, each person once. */
export function countApprovals(votes: readonly Vote[], plan: Plan): number {
  const approvers = votes
    .filter((vote) => vote.decision === 'approve' && vote.planHash === plan.hash)
    .map((vote) => vote.principal.id);
  return new Set(approvers).size;
}

function refuse(reason: Extract<VoteDecision, { kind: 'refuse' }>['reason'], message: string): VoteDecision {
  return { kind: 'refuse', reason, message };
}
