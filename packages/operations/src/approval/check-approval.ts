import type { ApprovalStatement, PlanRecord, Signer, Vote } from '@jamie/core';
import { assertNever, canonicalJson } from '@jamie/core';
import { countApprovals } from '@jamie/policy';
import { statementOf } from './sign-approval.ts';

/** Why a plan may not start, in words for people; undefined where its approval holds. */
export type ApprovalFault = string | undefined;

/**
 * Whether the decision that a plan starts on is ours, is about exactly this plan, and is borne out by the votes that
 * are stored. Pure. Asked right before a permit is made: a record that somebody wrote past the votes starts nothing.
 */
export function checkApproval(
  record: PlanRecord,
  votes: readonly Vote[],
  signer: Pick<Signer, 'verify'>,
): ApprovalFault {
  const { plan, approval } = record;
  if (approval === undefined) return 'There is no recorded approval of this plan.';
  const { statement, signature } = approval;
  if (!signer.verify(canonicalJson(statement), signature)) {
    return 'The recorded approval was not signed by me. Somebody has to look into this.';
  }
  const { basis, decidedAt } = statement;
  if (canonicalJson(statementOf(plan, { basis, votes, decidedAt })) !== canonicalJson(statement)) {
    return 'What was approved is not what is stored. Ask for it again.';
  }
  if (decidedAt >= plan.expiresAt) return 'It was approved after it had expired.';
  return basisFault(record, votes, statement);
}

function basisFault(
  { plan, breakGlass }: PlanRecord,
  votes: readonly Vote[],
  { basis, decidedAt }: ApprovalStatement,
): ApprovalFault {
  switch (basis) {
    case 'quorum':
      return countApprovals(votes, plan) >= plan.risk.quorum.approvals
        ? undefined
        : 'It has fewer approvals than it needs.';
    case 'break_glass':
      return breakGlass?.at === decidedAt && votes.some((vote) => vote.principal.id === breakGlass.by.id)
        ? undefined
        : 'Nobody is recorded to have broken the glass.';
    case 'autonomy':
      return plan.requester.source === 'automation' && plan.healing !== undefined
        ? undefined
        : 'Only changes that I ask for myself start by a rule.';
    default:
      return assertNever(basis);
  }
}
