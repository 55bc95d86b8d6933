import type { AccessAnswer, Plan, PlanRecord, Principal, Vote } from '@jamie/core';
import { isInTeam } from './is-in-team.ts';
import { isSamePerson } from './same-person.ts';
import { describeDecided, describeMissingRights } from './wording.ts';

/** A vote as it was cast, before anybody decided whether it counts. */
export interface CastVote {
  readonly principal: Principal;
  readonly planHash: string;
  readonly decision: 'approve' | 'deny';
  readonly now: number;
  /** Whether the cluster itself would let the voter make this change. */
  readonly access: AccessAnswer;
  /** Those who have asked the voter to stand in for them, and what the cluster says of each. */
  readonly standsInFor?: readonly StandIn[];
}

/** Somebody whose approval the voter may give. */
export interface StandIn {
  readonly principal: Principal;
  readonly access: AccessAnswer;
}

export type VoteDecision =
  /** `completes`: with this vote the quorum is reached. */
  | {
      readonly kind: 'approve';
      readonly completes: boolean;
      readonly approvals: number;
      readonly onBehalfOf?: Principal;
    }
  | { readonly kind: 'deny'; readonly onBehalfOf?: Principal }
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
        | 'other_team'
        | 'automation'
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
  if (cast.principal.source === 'automation') {
    return refuse('automation', 'Changes are decided by people. Somebody has to look at the card.');
  }
  if (cast.decision === 'deny' && cast.principal.id === plan.requester.id) return { kind: 'cancel' };
  const seat = findSeat(record.plan, cast);
  if (seat.kind === 'refuse') return seat;
  const onBehalfOf = seat.of.id === cast.principal.id ? {} : { onBehalfOf: seat.of };
  if (cast.decision === 'deny') return { kind: 'deny', ...onBehalfOf };
  if (own !== undefined) return { kind: 'repeat' };
  const seats = seatsOf(votes, plan);
  const taken = seats.find(({ of }) => isSamePerson(of, seat.of));
  if (taken !== undefined) return refuse('already_voted', describeTaken(taken.of, seat.of));
  // One person with two accounts stands in for two others: that is one person who looked at the card.
  const same = seats.find(({ voter }) => isSamePerson(voter, cast.principal));
  if (same !== undefined) return refuse('already_voted', describeTaken(same.voter, cast.principal));
  const approvals = countApprovals(votes, plan) + 1;
  return { kind: 'approve', approvals, completes: approvals >= plan.risk.quorum.approvals, ...onBehalfOf };
}

type Seat = { readonly kind: 'seat'; readonly of: Principal } | Refusal;

/**
 * Whose approval this vote is: the voter's own where they may give one, otherwise that of the first whom they stand in
 * for and who may. Nobody who asked for a change approves it through somebody else, nor for somebody else.
 */
function findSeat(plan: Plan, cast: CastVote): Seat {
  const own = seatRefusal(plan, cast.principal, cast.access, cast.decision);
  if (own === undefined) return { kind: 'seat', of: cast.principal };
  const isBarred = isSamePerson(cast.principal, plan.requester) && !plan.risk.quorum.requesterCounts;
  const lent = (cast.standsInFor ?? []).find(
    ({ principal, access }) => !isBarred && seatRefusal(plan, principal, access, cast.decision) === undefined,
  );
  return lent === undefined ? own : { kind: 'seat', of: lent.principal };
}

/** Why somebody's approval would not count, or undefined. */
function seatRefusal(
  plan: Plan,
  principal: Principal,
  access: AccessAnswer,
  decision: CastVote['decision'],
): Refusal | undefined {
  const { quorum } = plan.risk;
  if (!access.allowed) return refuse('not_permitted', describeMissingRights(plan, access));
  if (decision === 'deny') return undefined;
  if (isSamePerson(principal, plan.requester) && !quorum.requesterCounts) {
    return refuse('requester', 'You asked for this change, so somebody else has to approve it.');
  }
  if (quorum.fromTeams !== undefined && !isInTeam(principal, quorum.fromTeams)) {
    return refuse('other_team', `Only people of ${quorum.fromTeams.join(' or ')} approve this change.`);
  }
  return undefined;
}

/**
 * Approvals that count towards the quorum: of this hash, each person once, whoever cast it for them and with whatever
 * account, each voter once, whomever they stand in for, and the requester only where the requester counts.
 */
export function countApprovals(votes: readonly Vote[], plan: Plan): number {
  return seatsOf(votes, plan).length;
}

/** An approval that counts: whose it is, and who cast it. */
interface CountedSeat {
  readonly of: Principal;
  readonly voter: Principal;
}

/** The first account of everybody whose approval counts. */
function seatsOf(votes: readonly Vote[], { hash, requester, risk }: Plan): readonly CountedSeat[] {
  const counted: CountedSeat[] = [];
  for (const { decision, planHash, principal: voter, onBehalfOf: of = voter } of votes) {
    if (decision !== 'approve' || planHash !== hash) continue;
    const isOfRequester = isSamePerson(of, requester) || isSamePerson(voter, requester);
    if (isOfRequester && !risk.quorum.requesterCounts) continue;
    const isKnown = counted.some(
      (earlier) => isSamePerson(earlier.of, of) || isSamePerson(earlier.voter, voter),
    );
    if (!isKnown) counted.push({ of, voter });
  }
  return counted;
}

function describeTaken(taken: Principal, of: Principal): string {
  if (taken.id === of.id) return `${of.displayName} has approved already, and counts once.`;
  const { user } = of.kubernetes;
  return `${taken.displayName} has approved already as the Kubernetes user ${user}, who counts once. Somebody else has to approve it too.`;
}

type Refusal = Extract<VoteDecision, { kind: 'refuse' }>;

function refuse(reason: Refusal['reason'], message: string): Refusal {
  return { kind: 'refuse', reason, message };
}
