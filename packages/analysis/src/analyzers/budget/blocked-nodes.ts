import type { NodeView, PodDisruptionBudgetView } from '@jamie/core';
import { budgetIndexOf } from '../../snapshot/budget-index.ts';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';

/** The cordoned nodes that still run pods of a budget: their drain waits for it. */
export function blockedNodes(index: SnapshotIndex, budget: PodDisruptionBudgetView): readonly NodeView[] {
  const cordoned = cordonedByName(index);
  if (cordoned.size === 0) return [];
  const names = new Set(
    budgetIndexOf(index)
      .podsOf(budget)
      .map(({ nodeName }) => nodeName),
  );
  return [...cordoned.values()].filter(({ name }) => names.has(name));
}

const cordonedByName = oncePerSnapshot(
  (index: SnapshotIndex): ReadonlyMap<string, NodeView> =>
    new Map(index.nodes.filter(({ unschedulable }) => unschedulable).map((node) => [node.name, node])),
);
