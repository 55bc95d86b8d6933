import type { PodDisruptionBudgetView } from '@jamie/core';
import { budgetIndexOf } from '../../snapshot/budget-index.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { RECENT_MS } from '../../thresholds.ts';
import { countOf, listOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { observationOn } from '../observation-on.ts';
import { blockedNodes } from './blocked-nodes.ts';

/** CHK-PDB-1151: a budget lets nobody evict a pod, although all are healthy: no node that runs one can be drained. */
export const budgetBlocksEvictions = defineAnalyzer({
  code: 'CHK-PDB-1151',
  title: 'disruption budget that never lets a pod go',
  severity: 'warning',
  tier: 'workload',
  reads: ['PodDisruptionBudget'],
  helpedBy: ['Pod', 'Node'],
  standsAlone: true,
  sources: ['k8sgpt PodDisruptionBudget disruption not allowed'],
  analyze: (index) =>
    budgetIndexOf(index)
      .budgets.filter((budget) => isBlocking(index, budget))
      .map((budget) => describe(index, budget)),
});

function isBlocking(index: SnapshotIndex, budget: PodDisruptionBudgetView): boolean {
  const { disruptionsAllowed, expectedPods, currentHealthy, desiredHealthy } = budget;
  // With a pod that is ill the budget is right to hold on; more than all pods is told by CHK-PDB-1152.
  if (disruptionsAllowed > 0 || expectedPods <= 0 || currentHealthy < expectedPods) return false;
  return desiredHealthy === expectedPods && index.takenAt - since(budget) >= RECENT_MS;
}

/** The condition is found by its type: it need not be the first. */
function since(budget: PodDisruptionBudgetView): number {
  const allowed = findCondition(budget, 'DisruptionAllowed');
  return allowed?.status === 'False' ? allowed.since : budget.createdAt;
}

function describe(index: SnapshotIndex, budget: PodDisruptionBudgetView) {
  const { name, expectedPods, minAvailable, maxUnavailable } = budget;
  const rule = maxUnavailable === '' ? `minAvailable ${minAvailable}` : `maxUnavailable ${maxUnavailable}`;
  const nodes = blockedNodes(index, budget);
  const drain =
    nodes.length === 0
      ? 'a node that runs one cannot be drained'
      : `the drain of ${listOf(nodes.map((node) => node.name))} waits for it`;
  return observationOn(index, budget, {
    field: 'status.disruptionsAllowed',
    value: `0 of ${countOf(expectedPods, 'healthy pod')}; ${rule}`,
    summary: `lets none of ${countOf(expectedPods, 'healthy pod')} go (${rule})`,
    since: since(budget),
    related: nodes.map(refOf),
    explanation: `PodDisruptionBudget ${name} (${rule}) lets none of its ${countOf(expectedPods, 'healthy pod')} go, so ${drain}.`,
    remedies: [
      {
        label: expectedPods === 1 ? 'Run a second pod' : 'Let one pod go at a time',
        advice:
          expectedPods === 1
            ? `Run at least two pods, so that ${name} can let one go; where one must do, set maxUnavailable to 1.`
            : `Set maxUnavailable of ${name} to 1, or minAvailable to less than ${expectedPods}.`,
      },
    ],
  });
}
