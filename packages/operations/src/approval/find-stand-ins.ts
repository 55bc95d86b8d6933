import type { Principal } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';
import { confirmPerson } from './confirm-voter.ts';

/**
 * Those whose approvals somebody may give at this moment, as they are known now. What the cluster would let each of them
 * do depends on the plan, and is not asked here. A delegation is not passed on: who stands in for somebody stands in for
 * nobody behind them. Throws the errors of the store.
 */
export async function findStandIns(
  context: OperationsContext,
  voter: Principal,
): Promise<readonly Principal[]> {
  const open = await context.store.listDelegations(context.clock.now());
  const lent = open.filter(({ to, from }) => to.id === voter.id && from.id !== voter.id);
  const answers = await Promise.all(lent.map(({ from }) => confirmPerson(context, from)));
  return answers.flatMap((answer) => (answer.kind === 'known' ? [answer.principal] : []));
}
