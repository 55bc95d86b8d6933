import type { Ballot, BallotResult, PlanRecord, StoreChange, Vote } from '@jamie/core';
import { assertNever, OpsError, redactSecrets } from '@jamie/core';
import { type CastVote, decideVote, type VoteDecision } from '@jamie/policy';
import { getPlan, movePlan } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';
import type { PlanEvent } from '../plan-event.ts';
import { confirmVoter } from './confirm-voter.ts';
import { reviewVoter } from './review-voter.ts';

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
  const decision: VoteDecision =
    voter.kind === 'known'
      ? await decideKnown(context, record, cast)
      : { kind: 'refuse', reason: 'unknown_person', message: voter.message };
  const vote: Vote = {
    planId: ballot.planId,
    planHash: cast.planHash,
    principal: cast.principal,
    decision: ballot.decision,
    ...(ballot.reason !== undefined && { reason: redactSecrets(ballot.reason) }),
    at: now,
  };
  return recordVote(context, record, ballot, vote, decision);
}

async function decideKnown(
  context: OperationsContext,
  record: PlanRecord,
  cast: Omit<CastVote, 'access'>,
): Promise<VoteDecision> {
  const votes = await context.store.listVotes(record.plan.id);
  const access = await reviewVoter(context, record, cast.principal);
  return decideVote(record, votes, { ...cast, access });
}

async function recordVote(
  context: OperationsContext,
  record: PlanRecord,
  ballot: Ballot,
  vote: Vote,
  decision: VoteDecision,
): Promise<BallotResult | undefined> {
  const finish: readonly StoreChange[] =
    ballot.inboxId === undefined ? [] : [{ kind: 'inbox.finish', id: ballot.inboxId }];
  if (decision.kind === 'refuse' || decision.kind === 'repeat') {
    return withoutEffect(context, record, vote, decision, finish);
  }
  const event = eventOf(record, vote, decision);
  const moved = await movePlan(context, record, {
    event,
    actor: vote.principal.id,
    details: { vote: vote.decision, planHash: vote.planHash },
    also: [
      { kind: 'vote.insert', vote },
      ...(event.kind === 'approved' ? [executeChange(record)] : []),
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

function eventOf(
  record: PlanRecord,
  vote: Vote,
  decision: Exclude<VoteDecision, { kind: 'refuse' | 'repeat' }>,
): PlanEvent {
  const by = vote.principal;
  const because = vote.reason === undefined || vote.reason === '' ? '' : `: ${vote.reason}`;
  switch (decision.kind) {
    case 'approve':
      return decision.completes
        ? { kind: 'approved', by, reason: `Approved by ${by.displayName}. Starting.` }
        : {
            kind: 'vote_counted',
            reason: `${decision.approvals} of ${record.plan.risk.quorum.approvals} approvals.`,
          };
    case 'deny':
      return { kind: 'denied', by, reason: `Denied by ${by.displayName}${because}. Nothing was changed.` };
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

function executeChange(record: PlanRecord): StoreChange {
  return {
    kind: 'outbox.add',
    job: {
      name: 'operations.execute',
      payload: { planId: record.plan.id },
      deduplicationId: `execute:${record.plan.id}`,
      correlationId: record.plan.correlationId,
    },
  };
}
