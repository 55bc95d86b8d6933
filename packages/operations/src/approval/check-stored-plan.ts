import type { Digest, PlanRecord, Signer, Vote } from '@jamie/core';
import { planHash } from '../planning/plan-hash.ts';
import { type ApprovalFault, checkApproval } from './check-approval.ts';

/**
 * Whether a stored plan still is, to the letter, the one that was approved. Pure. Nothing of a plan is sent without it,
 * neither at the start nor when a run is taken up again nor on the way back: what its requests say lies in the store, and
 * only the hash that was signed tells whether they are those that were shown.
 */
export function checkStoredPlan(
  record: PlanRecord,
  votes: readonly Vote[],
  { signer, digest }: { readonly signer: Pick<Signer, 'verify'>; readonly digest: Digest },
): ApprovalFault {
  const { hash, ...open } = record.plan;
  if (planHash(open, digest) !== hash) return 'The stored plan is not the one that was approved.';
  return checkApproval(record, votes, signer);
}
