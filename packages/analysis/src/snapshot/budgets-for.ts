import { type PodDisruptionBudgetView, selectsLabels } from '@jamie/core';
import { oncePerSnapshot } from './once-per-snapshot.ts';
import type { SnapshotIndex } from './snapshot-index.ts';
import { inStableOrder } from './stable-order.ts';

/** Budgets by the first pair that they select, so that labels are held against few of them. */
const byPair = oncePerSnapshot(
  (index: SnapshotIndex): ReadonlyMap<string, readonly PodDisruptionBudgetView[]> =>
    Map.groupBy(inStableOrder(index.snapshot.objects.PodDisruptionBudget), ({ namespace, selector }) =>
      keyOf(namespace, Object.entries(selector.matchLabels)[0]),
    ),
);

/** The budgets that select pods with these labels, in a stable order. Those that are being deleted are left out. */
export function budgetsFor(
  index: SnapshotIndex,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): readonly PodDisruptionBudgetView[] {
  const keys = [keyOf(namespace, undefined), ...Object.entries(labels).map((pair) => keyOf(namespace, pair))];
  return keys
    .toSorted()
    .flatMap((key) => byPair(index).get(key) ?? [])
    .filter((budget) => budget.deletingSince === undefined && selectsLabels(budget.selector, labels));
}

function keyOf(namespace: string, pair: readonly [string, string] | undefined): string {
  return pair === undefined ? namespace : `${namespace}\n${pair[0]}\n${pair[1]}`;
}
