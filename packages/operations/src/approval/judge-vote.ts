import type { PlanRecord, Principal, Vote } from '@jamie/core';
import { type CastVote, decideVote, type VoteDecision } from '@jamie/policy';
import type { OperationsContext } from '../operations-context.ts';
import { reviewVoter } from './review-voter.ts';

/** A vote before the cluster was asked about anybody. */
export interface UnjudgedVote extends Omit<CastVote, 'access' | 'standsInFor'> {
  /** As findStandIns returns them. */
  readonly standsInFor: readonly Principal[];
}

/**
 * What a vote of somebody who is known would do now, for themselves or for whom they stand in: the cluster is asked about
 * all of them. `votes` are those that stand. Throws the errors of the cluster.
 */
export async function judgeVote(
  context: OperationsContext,
  record: PlanRecord,
  votes: readonly Vote[],
  cast: UnjudgedVote,
): Promise<VoteDecision> {
  const review = (principal: Principal) => reviewVoter(context, record, principal);
  const [access, standsInFor] = await Promise.all([
    review(cast.principal),
    Promise.all(cast.standsInFor.map(async (principal) => ({ principal, access: await review(principal) }))),
  ]);
  return decideVote(record, votes, { ...cast, access, standsInFor });
}
