import type { PlanRecord, Vote } from '@jamie/core';
import { type CastVote, decideVote, type VoteDecision } from '@jamie/policy';
import type { OperationsContext } from '../operations-context.ts';
import { findStandIns } from './find-stand-ins.ts';
import { reviewVoter } from './review-voter.ts';

/**
 * What a vote of somebody who is known would do now, for themselves or for whom they stand in: the cluster is asked about
 * all of them. `votes` are those that stand. Throws the errors of the cluster and the store.
 */
export async function judgeVote(
  context: OperationsContext,
  record: PlanRecord,
  votes: readonly Vote[],
  cast: Omit<CastVote, 'access' | 'standsInFor'>,
): Promise<VoteDecision> {
  const [access, standsInFor] = await Promise.all([
    reviewVoter(context, record, cast.principal),
    findStandIns(context, record, cast.principal),
  ]);
  return decideVote(record, votes, { ...cast, access, standsInFor });
}
