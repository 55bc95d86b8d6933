import type { Delegation, PlanRecord, Principal } from '@jamie/core';
import type { StandIn } from '@jamie/policy';
import type { OperationsContext } from '../operations-context.ts';
import { confirmVoter } from './confirm-voter.ts';
import { reviewVoter } from './review-voter.ts';

/**
 * Those whose approvals somebody may give at this moment, as they are known now and with what the cluster says of each.
 * A delegation is not passed on: who stands in for somebody stands in for nobody behind them.
 */
export async function findStandIns(
  context: OperationsContext,
  record: PlanRecord,
  voter: Principal,
): Promise<readonly StandIn[]> {
  if (record.status !== 'awaiting_approval') return [];
  const open = await context.store.listDelegations(context.clock.now());
  const lent = open.filter(({ to, from }: Delegation) => to.id === voter.id && from.id !== voter.id);
  const found = await Promise.all(lent.map(({ from }) => standIn(context, record, from)));
  return found.filter((each) => each !== undefined);
}

async function standIn(
  context: OperationsContext,
  record: PlanRecord,
  from: Principal,
): Promise<StandIn | undefined> {
  const known = await confirmVoter(context, record, from);
  if (known.kind === 'refused') return undefined;
  const { principal } = known;
  return { principal, access: await reviewVoter(context, record, principal) };
}
