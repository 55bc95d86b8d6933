import type { WorkloadView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { ROLLOUT_GRACE_MS } from '../../thresholds.ts';
import { countOf, formatDuration, shortName } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/** CHK-WKL-308: it should run pods, has none, and nothing refuses them. Usually nobody makes them. */
export const workloadWithoutPods = defineAnalyzer({
  code: 'CHK-WKL-308',
  title: 'workload that has no pod although it should',
  severity: 'critical',
  tier: 'workload',
  reads: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Pod'],
  helpedBy: ['Event'],
  sources: ['popeye 508'],
  analyze: (index) =>
    index.workloads
      .filter((workload) => lacksEveryPod(index, workload))
      .map((entry) => describe(index, entry)),
});

function lacksEveryPod(index: SnapshotIndex, workload: WorkloadView): boolean {
  const { replicas, currentReplicas, paused, deletingSince, createdAt } = workload;
  if (!(replicas > 0) || currentReplicas !== 0 || paused || deletingSince !== undefined) return false;
  if (index.takenAt - Math.max(createdAt, movedAt(index, workload)) < ROLLOUT_GRACE_MS) return false;
  const isEnding = index.terminatingPods.some((pod) => index.workloadOf(pod) === workload);
  return index.podsOf(workload).length === 0 && !isEnding;
}

/** When its controller last did something for it, as far as that is on record. */
function movedAt(index: SnapshotIndex, workload: WorkloadView): number {
  const made = index.replicaSetsOf(workload).map((set) => set.createdAt);
  return Math.max(workload.createdAt, findCondition(workload, 'Available')?.since ?? 0, ...made);
}

function describe(index: SnapshotIndex, workload: WorkloadView) {
  const { replicas, generation, observedGeneration, name } = workload;
  const since = movedAt(index, workload);
  const isUnseen = observedGeneration < generation;
  const why = isUnseen
    ? `its controller has not seen its latest wish (generation ${generation}, seen ${observedGeneration})`
    : 'nothing that was read says why';
  return {
    subject: refOf(workload),
    summary: `has none of ${countOf(replicas, 'pod')}`,
    since,
    evidence: [
      observeField(
        workload,
        'status.replicas',
        `0 of ${replicas}; generation ${generation}, seen ${observedGeneration}`,
        index.takenAt,
      ),
    ],
    related: index.replicaSetsOf(workload).slice(0, 1).map(refOf),
    pods: [],
    explanation: `${shortName(refOf(workload))} should have ${countOf(replicas, 'pod')} and has had none for ${formatDuration(index.takenAt - since)}; ${why}.`,
    confidence: isUnseen ? ('medium' as const) : ('low' as const),
    remedies: [
      isUnseen
        ? {
            label: 'Look at the controller manager',
            advice:
              'Nothing acts on workloads while kube-controller-manager is down or cannot reach the API server.',
          }
        : {
            label: 'Find what keeps its pods from being made',
            advice: `Look at the events of ${name} and of its newest ReplicaSet, and at kube-controller-manager.`,
          },
    ],
    templateMayCauseIt: false,
  };
}
