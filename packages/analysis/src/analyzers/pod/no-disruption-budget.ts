import { observeField } from '../../evidence/observe.ts';
import { budgetsFor } from '../../snapshot/budgets-for.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { shortName } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/** CHK-POD-169: a drain may take all of its pods at once. A single pod cannot be kept by a budget without blocking drains. */
export const noDisruptionBudget = defineAnalyzer({
  code: 'CHK-POD-169',
  title: 'workload of several pods without a disruption budget',
  severity: 'info',
  tier: 'workload',
  reads: ['Deployment', 'StatefulSet', 'PodDisruptionBudget'],
  lint: true,
  sources: ['popeye 206'],
  analyze: (index) =>
    index.workloads
      .filter(
        ({ kind, replicas, deletingSince }) =>
          kind !== 'DaemonSet' && replicas >= 2 && deletingSince === undefined,
      )
      .filter(({ namespace, template }) => budgetsFor(index, namespace, template.labels).length === 0)
      .map((workload) => ({
        subject: refOf(workload),
        summary: `has ${workload.replicas} pods and no disruption budget`,
        since: workload.createdAt,
        evidence: [
          observeField(
            workload,
            'spec.replicas',
            `${workload.replicas}; no PodDisruptionBudget selects its pods`,
            index.takenAt,
          ),
        ],
        related: [],
        pods: [],
        explanation: `${shortName(refOf(workload))} has ${workload.replicas} pods and no PodDisruptionBudget: drains of two nodes may take all of them away at once.`,
        confidence: 'high' as const,
        remedies: [
          {
            label: 'Make a PodDisruptionBudget',
            advice: `Make a PodDisruptionBudget for the pods of ${workload.name} with maxUnavailable 1.`,
          },
        ],
        templateMayCauseIt: false,
      })),
});
