import type { Plan, PlanRecord, PlanStatus } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';
import { nodesDrainedBy } from '../planning/nodes-going.ts';

/** A plan in one of these may be moving pods now. */
const UNDER_WAY: readonly PlanStatus[] = ['executing', 'verifying'];
const LOOKED_AT = 500;

/**
 * Why a plan that empties a node must not start now: another one empties another node. Both may have been made before
 * either was stored, so that planning alone cannot tell. Undefined for everything else.
 */
export async function refuseSecondDrain(
  { store }: Pick<OperationsContext, 'store'>,
  plan: Plan,
): Promise<string | undefined> {
  const nodes = nodesDrainedBy(plan);
  if (nodes.length === 0) return undefined;
  const running = await store.listPlans({ statuses: UNDER_WAY, limit: LOOKED_AT });
  const other = running.find((record) => drainsAnother(record, plan, nodes));
  if (other === undefined) return undefined;
  return `One node at a time: ${other.plan.id} empties another node. Nothing was changed. Ask again once it has ended.`;
}

function drainsAnother({ plan: other }: PlanRecord, plan: Plan, nodes: readonly string[]): boolean {
  if (other.id === plan.id || other.cluster !== plan.cluster) return false;
  return nodesDrainedBy(other).some((node) => !nodes.includes(node));
}
