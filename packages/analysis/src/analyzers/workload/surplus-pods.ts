import type { WorkloadView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { ROLLOUT_GRACE_MS } from '../../thresholds.ts';
import { countOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { findRollouts } from './rollout-progress.ts';

/** CHK-WKL-315: a Deployment keeps more pods than it should, and no rollout is under way that would need them. */
export const surplusPods = defineAnalyzer({
  code: 'CHK-WKL-315',
  title: 'Deployment with more pods than it should have',
  severity: 'warning',
  tier: 'workload',
  reads: ['Deployment', 'ReplicaSet', 'Pod'],
  sources: ['k8sgpt Deployment too many replicas'],
  analyze: (index) => {
    const rolling = new Set(findRollouts(index).map(({ workload }) => workload));
    return index.workloads
      .filter((workload) => !rolling.has(workload) && hasSurplus(index, workload))
      .map((workload) => describe(index, workload));
  },
});

function hasSurplus(index: SnapshotIndex, workload: WorkloadView): boolean {
  const { kind, currentReplicas, replicas, paused, deletingSince } = workload;
  if (kind !== 'Deployment' || paused || deletingSince !== undefined) return false;
  // A wish that its controller has not seen yet is no surplus.
  if (!(currentReplicas > replicas) || workload.observedGeneration < workload.generation) return false;
  // Pods that ended stay on record without being any of its pods.
  const active = index.podsOf(workload).filter(({ phase }) => phase !== 'Failed' && phase !== 'Succeeded');
  return active.length > replicas && index.takenAt - movedAt(index, workload) >= ROLLOUT_GRACE_MS;
}

function movedAt(index: SnapshotIndex, workload: WorkloadView): number {
  const moves = index
    .podsOf(workload)
    .flatMap((pod) => [pod.createdAt, findCondition(pod, 'Ready')?.since ?? 0]);
  const ending = index.terminatingPods.filter((pod) => index.workloadOf(pod) === workload);
  const progressing = findCondition(workload, 'Progressing')?.since ?? 0;
  return Math.max(workload.createdAt, progressing, ...moves, ...ending.map((pod) => pod.deletingSince ?? 0));
}

function describe(index: SnapshotIndex, workload: WorkloadView) {
  const { name, replicas, currentReplicas } = workload;
  const surplus = currentReplicas - replicas;
  return {
    subject: refOf(workload),
    summary: `has ${countOf(currentReplicas, 'pod')} and should have ${replicas}`,
    since: movedAt(index, workload),
    evidence: [observeField(workload, 'status.replicas', `${currentReplicas} of ${replicas}`, index.takenAt)],
    related: [],
    pods: [],
    explanation: `Deployment ${name} has ${countOf(currentReplicas, 'pod')} and should have ${replicas}; no rollout is under way, and ${countOf(surplus, 'pod')} too many ${surplus === 1 ? 'stays' : 'stay'}.`,
    confidence: 'medium' as const,
    remedies: [
      {
        label: 'Look at the controller manager and at older ReplicaSets',
        advice: `Look which ReplicaSets of ${name} still have pods, and whether kube-controller-manager runs: it takes surplus pods away at once.`,
      },
    ],
    templateMayCauseIt: false,
  };
}
