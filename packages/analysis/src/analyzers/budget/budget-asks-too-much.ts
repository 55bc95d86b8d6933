import { budgetIndexOf } from '../../snapshot/budget-index.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { RECENT_MS } from '../../thresholds.ts';
import { countOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';

/** CHK-PDB-1152: a budget asks for more pods than there ever are. */
export const budgetAsksTooMuch = defineAnalyzer({
  code: 'CHK-PDB-1152',
  title: 'disruption budget that asks for more pods than there are',
  severity: 'warning',
  tier: 'workload',
  reads: ['PodDisruptionBudget'],
  standsAlone: true,
  sources: ['popeye 901', 'k8sgpt PodDisruptionBudget disruption not allowed'],
  analyze: (index) =>
    budgetIndexOf(index).budgets.flatMap((budget) => {
      const { name, minAvailable, expectedPods, createdAt } = budget;
      const wanted = /^\d{1,9}$/.test(minAvailable) ? Number(minAvailable) : 0;
      if (expectedPods <= 0 || wanted <= expectedPods || index.takenAt - createdAt < RECENT_MS) return [];
      return [
        observationOn(index, budget, {
          field: 'spec.minAvailable',
          value: `${minAvailable}, of ${countOf(expectedPods, 'pod')}`,
          summary: `asks for ${minAvailable} pods, and there are ${expectedPods}`,
          since: createdAt,
          related: budgetIndexOf(index).workloadsOf(budget).map(refOf),
          explanation: `PodDisruptionBudget ${name} asks for ${minAvailable} available pods, and its selector matches ${expectedPods}: no pod may ever be evicted.`,
          remedies: [
            {
              label: `Lower minAvailable to less than ${expectedPods}`,
              advice: `Set minAvailable of ${name} to less than ${expectedPods}, or better maxUnavailable to 1, which follows the number of pods.`,
            },
          ],
        }),
      ];
    }),
});
