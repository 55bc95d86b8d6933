import type { Ballot, BallotResult, PlanRecord, StoreChange, Vote } from '@jamie/core';
import { OpsError, redactSecrets } from '@jamie/core';
import type { VoteDecision } from '@jamie/policy';
import { getPlan, movePlan } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';
import { confirmVoter } from './confirm-voter.ts';
import { executeChange } from './execute-change.ts';
import { findStandIns } from './find-stand-ins.ts';
import { judgeVote } from './judge-vote.ts';
import { voteEvent } from './vote-event.ts';

/** How often a vote that lost a race looks again; each round somebody else's vote has gone through. */
const ROUNDS = 10;

/**
 * Casts a vote. The vote, the outcome it brings, the job that executes and the audit entry are one commit: of two
 * racing votes one wins, and the other is told who decided. Repeating a vote changes nothing.
 */
export async function castVote(context: OperationsContext, ballot: Ballot): Promise<BallotResult> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const result = await tryVote(context, ballot);
    if (result !== undefined) return result;
  }
  throw new OpsError('unavailable', 'vote kept losing the race for its plan', {
    details: { planId: ballot.planId },
  });
}

async function tryVote(context: OperationsContext, ballot: Ballot): Promise<BallotResult | undefined> {
  const record = await getPlan(context, ballot.planId);
  const now = context.clock.now();
  const voter = await confirmVoter(context, record, ballot.principal);
  const cast = {
    principal: voter.kind === 'known' ? voter.principal : ballot.principal,
    planHash: ballot.planHash ?? record.plan.hash,
    decision: ballot.decision,
    now,
  };
  const mayCount = voter.kind === 'known' && record.status === 'awaiting_approval';
  const [votes, standsInFor] = await Promise.all([
    context.store.listVotes(record.plan.id),
    mayCount ? findStandIns(context, voter.principal) : [],
  ]);
  const decision: VoteDecision =
    voter.kind === 'known'
      ? await judgeVote(context, record, votes, { ...cast, standsInFor })
      : { kind: 'refuse', reason: 'unknown_person', message: voter.message };
  const vote: Vote = {
    planId: ballot.planId,
    planHash: cast.planHash,
    principal: cast.principal,
    decision: ballot.decision,
    ...(ballot.reason !== undefined && { reason: redactSecrets(ballot.reason) }),
    ...('onBehalfOf' in decision && { onBehalfOf: decision.onBehalfOf }),
    at: now,
  };
  return recordVote(context, record, ballot, { votes, vote, decision });
}

interface JudgedVote {
  /** The votes that stood before it. */
  readonly votes: readonly Vote[];
  readonly vote: Vote;
  readonly decision: VoteDecision;
}

async function recordVote(
  context: OperationsContext,
  record: PlanRecord,
  ballot: Ballot,
  { votes, vote, decision }: JudgedVote,
): Promise<BallotResult | undefined> {
  const finish: readonly StoreChange[] =
    ballot.inboxId === undefined ? [] : [{ kind: 'inbox.finish', id: ballot.inboxId }];
  if (decision.kind === 'refuse' || decision.kind === 'repeat') {
    return withoutEffect(context, record, vote, decision, finish);
  }
  const event = voteEvent(record, votes, vote, decision, context.signer);
  const moved = await movePlan(context, record, {
    event,
    actor: vote.principal.id,
    details: {
      vote: vote.decision,
      planHash: vote.planHash,
      ...(vote.onBehalfOf !== undefined && { onBehalfOf: vote.onBehalfOf.id }),
    },
    also: [
      // Somebody who approved may still deny: their first vote stays on record, and the plan ends.
      ...(votes.some(({ principal }) => principal.id === vote.principal.id)
        ? []
        : [{ kind: 'vote.insert', vote } as const]),
      ...(event.kind === 'approved' ? [executeChange(record.plan)] : []),
      ...finish,
    ],
  });
  return moved.kind === 'moved' ? { kind: 'counted', message: moved.record.reason } : undefined;
}

async function withoutEffect(
  context: OperationsContext,
  record: PlanRecord,
  vote: Vote,
  decision: Extract<VoteDecision, { kind: 'refuse' | 'repeat' }>,
  finish: readonly StoreChange[],
): Promise<BallotResult> {
  const refused = decision.kind === 'refuse';
  const { plan } = record;
  await context.store.commit([
    // A refusal is finished once the person was told; a crash in between tells them again.
    ...(refused ? [] : finish),
    {
      kind: 'audit.append',
      entry: {
        at: vote.at,
        kind: refused ? 'vote.refused' : 'vote.repeated',
        actor: vote.principal.id,
        correlationId: plan.correlationId,
        planId: plan.id,
        details: {
          vote: vote.decision,
          planHash: vote.planHash,
          reason: refused ? decision.reason : 'repeated',
        },
      },
    },
  ]);
  if (refused) return { kind: 'refused', message: decision.message };
  return { kind: 'counted', message: 'Your vote was counted already.' };
}
