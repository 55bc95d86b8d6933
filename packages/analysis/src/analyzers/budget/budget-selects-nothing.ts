import { budgetIndexOf } from '../../snapshot/budget-index.ts';
import { RECENT_MS } from '../../thresholds.ts';
import { formatLabels } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';

/** CHK-PDB-1154: a budget protects nothing. One of a workload that is scaled to zero merely waits. */
export const budgetSelectsNothing = defineAnalyzer({
  code: 'CHK-PDB-1154',
  title: 'disruption budget that selects no pod',
  severity: 'info',
  tier: 'workload',
  reads: ['PodDisruptionBudget', 'Pod', 'Deployment', 'StatefulSet', 'DaemonSet'],
  lint: true,
  sources: ['popeye 900', 'k8sgpt PodDisruptionBudget label mismatch'],
  analyze: (index) => {
    const { budgets, podsOf, workloadsOf } = budgetIndexOf(index);
    return budgets.flatMap((budget) => {
      const { name, namespace, expectedPods, createdAt, selector } = budget;
      if (expectedPods > 0 || podsOf(budget).length > 0 || workloadsOf(budget).length > 0) return [];
      if (index.takenAt - createdAt < RECENT_MS) return [];
      const labels = formatLabels(selector.matchLabels) || 'its expressions';
      return [
        observationOn(index, budget, {
          field: 'spec.selector',
          value: `${labels}; no pod of namespace ${namespace} matches`,
          summary: `selects no pod (${labels})`,
          since: createdAt,
          explanation: `PodDisruptionBudget ${name} selects ${labels}, which no pod and no workload of namespace ${namespace} carries: it protects nothing.`,
          remedies: [
            {
              label: 'Correct the selector, or delete the budget',
              advice: `Compare the selector of ${name} with the labels of the pods that it is for; delete it where they are gone.`,
            },
          ],
        }),
      ];
    });
  },
});
