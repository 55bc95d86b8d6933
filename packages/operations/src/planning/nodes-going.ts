import type { OperationRequest, Plan } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import { directOperationsOf } from './direct-operations.ts';
import { type CompileRefusal, refuseCompile } from './step-draft.ts';
import type { Surroundings } from './surroundings.ts';

/** Where a node says that no pod starts on it. */
export const UNSCHEDULABLE = '/spec/unschedulable';

/** The nodes that a plan empties, whether they are cordoned already or not. */
export function nodesDrainedBy({ operation }: Pick<Plan, 'operation'>): readonly string[] {
  return directOperationsOf(operation).flatMap((each) => (each.kind === 'drain' ? [each.target.name] : []));
}

/** Why a request cannot be one plan: it would empty one node while the pods of another still look for a place. */
export function refuseSeveralDrains(operation: OperationRequest): CompileRefusal | undefined {
  const nodes = [...new Set(nodesDrainedBy({ operation }))];
  if (nodes.length < 2) return undefined;
  const message = `One node at a time: this would empty ${nodes.join(', ')}. Drain ${nodes[0]} first, and the next one once that has ended.`;
  return refuseCompile('unsafe', message);
}

/** The nodes on which no pod starts any more once a plan is carried out. */
export function nodesClosedBy(plan: Pick<Plan, 'operation' | 'steps'>): readonly string[] {
  const cordoned = plan.steps
    .filter(({ expected }) => expected[UNSCHEDULABLE] === true)
    .map(({ target }) => target.ref.name);
  return [...new Set([...cordoned, ...nodesDrainedBy(plan)])];
}

/** The nodes that plans which have not ended, and earlier steps of this one, keep pods off. */
export async function nodesGoing({
  openPlans,
  changed,
  planId,
}: Pick<Surroundings, 'openPlans' | 'changed' | 'planId'>): Promise<ReadonlySet<string>> {
  const others = (await openPlans()).filter(({ plan }) => plan.id !== planId);
  const earlier = changed('Node').filter((node) => readJsonPointer(node, UNSCHEDULABLE) === true);
  return new Set([
    ...others.flatMap(({ plan }) => nodesClosedBy(plan)),
    ...earlier.map(({ metadata }) => metadata.name),
  ]);
}
