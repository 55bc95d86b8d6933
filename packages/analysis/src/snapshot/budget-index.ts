import {
  type PodDisruptionBudgetView,
  type PodView,
  selectsEverything,
  selectsLabels,
  type WorkloadView,
} from '@jamie/core';
import { LabelIndex } from './label-index.ts';
import { oncePerSnapshot } from './once-per-snapshot.ts';
import type { SnapshotIndex } from './snapshot-index.ts';
import { inStableOrder } from './stable-order.ts';

/** Budgets and what they protect. Budgets that are being deleted are left out. */
export interface BudgetIndex {
  readonly budgets: readonly PodDisruptionBudgetView[];
  /** Pods that are over count for nothing. */
  podsOf(budget: PodDisruptionBudgetView): readonly PodView[];
  /** Workloads whose pods a budget would select, also those that have no pod now. */
  workloadsOf(budget: PodDisruptionBudgetView): readonly WorkloadView[];
}

/** Arranges the budgets of a snapshot. */
export const budgetIndexOf = oncePerSnapshot((index: SnapshotIndex): BudgetIndex => {
  const pods = index.pods.filter(({ phase }) => phase !== 'Succeeded' && phase !== 'Failed');
  const podsBySelector = selectorIndex(pods, (pod) => pod.labels);
  const workloadsBySelector = selectorIndex(index.workloads, (workload) => ({
    ...workload.template.labels,
    ...workload.selector,
  }));
  const budgets = inStableOrder(index.snapshot.objects.PodDisruptionBudget).filter(
    (budget) => budget.deletingSince === undefined,
  );
  const podsOf = new Map(budgets.map((budget) => [budget, podsBySelector(budget)]));
  return {
    budgets,
    podsOf: (budget) => podsOf.get(budget) ?? [],
    workloadsOf: workloadsBySelector,
  };
});

/** Equality first, which is indexed; what is left is compared. An empty selector selects the whole namespace. */
function selectorIndex<T extends { readonly namespace: string }>(
  items: readonly T[],
  labelsOf: (item: T) => Readonly<Record<string, string>>,
): (budget: PodDisruptionBudgetView) => readonly T[] {
  const byLabel = new LabelIndex<T>();
  const byNamespace = new Map<string, T[]>();
  for (const item of items) {
    byLabel.add(item, labelsOf(item));
    const others = byNamespace.get(item.namespace);
    if (others === undefined) byNamespace.set(item.namespace, [item]);
    else others.push(item);
  }
  return ({ namespace, selector }) => {
    const equal =
      Object.keys(selector.matchLabels).length === 0
        ? (byNamespace.get(namespace) ?? [])
        : byLabel.select(namespace, selector.matchLabels);
    if (selectsEverything(selector) || selector.matchExpressions.length === 0) return equal;
    return equal.filter((item) => selectsLabels(selector, labelsOf(item)));
  };
}
