import type {
  ApprovalBasis,
  ApprovalStatement,
  CountedApproval,
  Plan,
  SignedApproval,
  Signer,
  Vote,
} from '@jamie/core';
import { canonicalJson } from '@jamie/core';

/** A decision that is being made: on what it rests, who approved, and when. */
export interface Decision {
  readonly basis: ApprovalBasis;
  readonly votes: readonly Vote[];
  readonly decidedAt: number;
}

/** What a plan as it stands may be approved as; everything but the decision itself follows from the plan. Pure. */
export function statementOf(plan: Plan, { basis, votes, decidedAt }: Decision): ApprovalStatement {
  return {
    planId: plan.id,
    planHash: plan.hash,
    cluster: plan.cluster,
    uids: plan.steps.map((step) => step.target.uid),
    policyVersion: plan.policyVersion,
    requesterId: plan.requester.id,
    expiresAt: plan.expiresAt,
    basis,
    approvals: votes
      .filter((vote) => vote.decision === 'approve' && vote.planHash === plan.hash)
      .map(toCountedApproval),
    decidedAt,
  };
}

/** Signs a decision over everything that was shown. */
export function signApproval(plan: Plan, decision: Decision, signer: Signer): SignedApproval {
  const statement = statementOf(plan, decision);
  return { statement, signature: signer.sign(canonicalJson(statement)) };
}

function toCountedApproval({ principal, onBehalfOf, at }: Vote): CountedApproval {
  return {
    principalId: principal.id,
    user: (onBehalfOf ?? principal).kubernetes.user,
    ...(onBehalfOf !== undefined && { onBehalfOf: onBehalfOf.id }),
    at,
  };
}
