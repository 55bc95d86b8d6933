import type { PlanRecord, Principal } from '@jamie/core';
import { isOpsError } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';
import { findStandIns } from './find-stand-ins.ts';
import { judgeVote, type UnjudgedVote } from './judge-vote.ts';

/** Plans that wait for a decision which somebody may take. */
export interface DecidablePlans {
  /** Oldest first. */
  readonly records: readonly PlanRecord[];
  /** How many waiting plans could not be judged, because their cluster is away or known no more. */
  readonly unjudged: number;
}

/** More waiting plans than this are a fault of their own. */
const MAX_PLANS = 200;

/** The waiting plans whose approval by this person, for themselves or for somebody else, would count now. */
export async function listDecidable(
  context: OperationsContext,
  principal: Principal,
): Promise<DecidablePlans> {
  const [waiting, standsInFor] = await Promise.all([
    context.store.listPlans({ statuses: ['awaiting_approval'], limit: MAX_PLANS }),
    findStandIns(context, principal),
  ]);
  const voter = { principal, standsInFor };
  const judged = await Promise.all(
    waiting.map(async (record) => ({ record, verdict: await judge(context, record, voter) })),
  );
  const records = judged.filter(({ verdict }) => verdict === 'may').map(({ record }) => record);
  return {
    records: records.toSorted((one, other) => one.plan.createdAt - other.plan.createdAt),
    unjudged: judged.filter(({ verdict }) => verdict === 'unknown').length,
  };
}

async function judge(
  context: OperationsContext,
  record: PlanRecord,
  voter: Pick<UnjudgedVote, 'principal' | 'standsInFor'>,
): Promise<'may' | 'may_not' | 'unknown'> {
  try {
    const votes = await context.store.listVotes(record.plan.id);
    const planHash = record.plan.hash;
    const cast = { ...voter, planHash, decision: 'approve', now: context.clock.now() } as const;
    const { kind } = await judgeVote(context, record, votes, cast);
    return kind === 'approve' ? 'may' : 'may_not';
  } catch (error) {
    if (!isOpsError(error)) throw error;
    return 'unknown';
  }
}
