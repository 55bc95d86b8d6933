import type { PlanRecord, Signer, Vote } from '@jamie/core';
import { assertNever } from '@jamie/core';
import type { VoteDecision } from '@jamie/policy';
import type { PlanEvent } from '../plan-event.ts';
import { signApproval } from './sign-approval.ts';

/** What a vote that has an effect does to its plan. `votes` are those that stood before it. */
export function voteEvent(
  { plan }: PlanRecord,
  votes: readonly Vote[],
  vote: Vote,
  decision: Exclude<VoteDecision, { kind: 'refuse' | 'repeat' }>,
  signer: Signer,
): PlanEvent {
  const by = vote.principal;
  const because = vote.reason === undefined || vote.reason === '' ? '' : `: ${vote.reason}`;
  switch (decision.kind) {
    case 'approve': {
      if (!decision.completes) {
        const needed = plan.risk.quorum.approvals;
        return { kind: 'vote_counted', reason: `${decision.approvals} of ${needed} approvals.` };
      }
      const whole = { basis: 'quorum', votes: [...votes, vote], decidedAt: vote.at } as const;
      const reason = `Approved by ${nameOf(vote)}. Starting.`;
      return { kind: 'approved', by, reason, approval: signApproval(plan, whole, signer) };
    }
    case 'deny':
      return { kind: 'denied', by, reason: `Denied by ${nameOf(vote)}${because}. Nothing was changed.` };
    case 'cancel':
      return {
        kind: 'cancelled',
        by,
        reason: `Taken back by ${by.displayName}${because}. Nothing was changed.`,
      };
    default:
      return assertNever(decision);
  }
}

/** For example `Grace for Ada`. */
export function nameOf({ principal, onBehalfOf }: Pick<Vote, 'principal' | 'onBehalfOf'>): string {
  if (onBehalfOf === undefined) return principal.displayName;
  return `${principal.displayName} for ${onBehalfOf.displayName}`;
}
