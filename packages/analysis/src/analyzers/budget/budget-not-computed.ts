import { toSingleLine } from '../../evidence/cluster-text.ts';
import { budgetIndexOf } from '../../snapshot/budget-index.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import { RECENT_MS } from '../../thresholds.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';

/** CHK-PDB-1153: the controller cannot tell how many pods there should be, and so lets none go. */
export const budgetNotComputed = defineAnalyzer({
  code: 'CHK-PDB-1153',
  title: 'disruption budget that the controller cannot compute',
  severity: 'warning',
  tier: 'workload',
  reads: ['PodDisruptionBudget'],
  standsAlone: true,
  sources: ['k8sgpt PodDisruptionBudget disruption not allowed'],
  analyze: (index) =>
    budgetIndexOf(index).budgets.flatMap((budget) => {
      const allowed = findCondition(budget, 'DisruptionAllowed');
      if (allowed?.status !== 'False' || allowed.reason !== 'SyncFailed') return [];
      if (index.takenAt - allowed.since < RECENT_MS) return [];
      const words = toSingleLine(allowed.message, 200);
      return [
        observationOn(index, budget, {
          field: 'status.conditions[DisruptionAllowed]',
          value: `${allowed.reason}: ${allowed.message}`,
          summary: 'cannot be computed, so that no pod of it may be evicted',
          since: allowed.since,
          explanation: `The controller cannot compute PodDisruptionBudget ${budget.name} and lets no pod go: "${words}".`,
          remedies: [
            {
              label: 'Give the budget pods that it can count',
              advice: `Let ${budget.name} select pods of a Deployment, StatefulSet or ReplicaSet; for other pods only a minAvailable that is a number can be computed.`,
            },
          ],
        }),
      ];
    }),
});
