import type { PodDisruptionBudgetView, PodView } from '@jamie/core';
import { budgetIndexOf } from '../../snapshot/budget-index.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { countOf, listOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';

interface Overlap {
  readonly budgets: readonly [PodDisruptionBudgetView, ...PodDisruptionBudgetView[]];
  readonly pods: PodView[];
}

/** CHK-PDB-1155: the API server refuses to evict a pod that two budgets protect. */
export const overlappingBudgets = defineAnalyzer({
  code: 'CHK-PDB-1155',
  title: 'pods that several disruption budgets protect',
  severity: 'warning',
  tier: 'workload',
  reads: ['PodDisruptionBudget', 'Pod'],
  standsAlone: true,
  sources: ['popeye 209'],
  analyze: (index) => findOverlaps(index).map((overlap) => describe(index, overlap)),
});

function findOverlaps(index: SnapshotIndex): readonly Overlap[] {
  const { budgets, podsOf } = budgetIndexOf(index);
  const budgetsByPod = new Map<PodView, PodDisruptionBudgetView[]>();
  for (const budget of budgets) {
    for (const pod of podsOf(budget)) {
      const others = budgetsByPod.get(pod);
      if (others === undefined) budgetsByPod.set(pod, [budget]);
      else others.push(budget);
    }
  }
  const overlaps = new Map<string, Overlap>();
  for (const [pod, [first, ...others]] of budgetsByPod) {
    if (first === undefined || others.length === 0) continue;
    const key = [first, ...others].map(({ namespace, name }) => `${namespace}/${name}`).join('\n');
    const overlap = overlaps.get(key);
    if (overlap === undefined) overlaps.set(key, { budgets: [first, ...others], pods: [pod] });
    else overlap.pods.push(pod);
  }
  return [...overlaps.values()];
}

function describe(index: SnapshotIndex, { budgets, pods }: Overlap) {
  const [first, ...others] = budgets;
  const names = listOf(budgets.map(({ name }) => name));
  const otherNames = listOf(others.map(({ name }) => name));
  const some = countOf(pods.length, 'pod');
  return observationOn(index, first, {
    field: 'spec.selector',
    value: `selects ${some} that ${otherNames} ${others.length === 1 ? 'selects' : 'select'} too`,
    summary: `protects ${some} together with ${otherNames}`,
    since: Math.max(...budgets.map(({ createdAt }) => createdAt)),
    related: others.map(refOf),
    explanation: `${some} ${pods.length === 1 ? 'is' : 'are'} protected by ${budgets.length} budgets (${names}): the API server refuses every eviction of such a pod, so no drain gets past it.`,
    remedies: [
      {
        label: 'Leave one budget for each pod',
        advice: `Narrow the selectors of ${names}, or delete all but one.`,
      },
    ],
  });
}
