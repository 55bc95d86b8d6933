import type { PodView, ReplicaSetView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { findCondition, isPodReady } from '../../snapshot/conditions.ts';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { inStableOrder } from '../../snapshot/stable-order.ts';
import { READY_GRACE_MS } from '../../thresholds.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/** CHK-WKL-309: a ReplicaSet that no Deployment keeps lacks ready pods. Those of Deployments are told of by their owner. */
export const loneReplicaSetDegraded = defineAnalyzer({
  code: 'CHK-WKL-309',
  title: 'ReplicaSet of its own with fewer ready pods than it should have',
  severity: 'warning',
  tier: 'workload',
  reads: ['ReplicaSet', 'Deployment', 'Pod'],
  sources: ['popeye 1120', 'k8sgpt ReplicaSet FailedCreate'],
  analyze: (index) =>
    inStableOrder(index.snapshot.objects.ReplicaSet)
      .filter((set) => isAlone(index, set) && set.readyReplicas < set.replicas)
      .flatMap((set) => {
        const notReady = (podsByOwner(index).get(set.uid) ?? []).filter((pod) => !isPodReady(pod));
        const since = lackingSince(set, notReady);
        return index.takenAt - since < READY_GRACE_MS ? [] : [describe(index, set, notReady, since)];
      }),
});

function isAlone(index: SnapshotIndex, set: ReplicaSetView): boolean {
  return set.owner === undefined && set.deletingSince === undefined && index.workloadOf(set) === undefined;
}

const podsByOwner = oncePerSnapshot((index: SnapshotIndex) =>
  Map.groupBy(index.pods, (pod) => pod.owner?.uid ?? ''),
);

function lackingSince(set: ReplicaSetView, notReady: readonly PodView[]): number {
  const failure = findCondition(set, 'ReplicaFailure');
  const dates = [
    ...notReady.map((pod) => Math.max(pod.createdAt, findCondition(pod, 'Ready')?.since ?? 0)),
    ...(failure?.status === 'True' ? [failure.since] : []),
  ];
  return dates.length === 0 ? set.createdAt : Math.min(...dates);
}

function describe(index: SnapshotIndex, set: ReplicaSetView, notReady: readonly PodView[], since: number) {
  const failure = findCondition(set, 'ReplicaFailure');
  const share = `${Math.max(0, set.readyReplicas)} of ${set.replicas} pods ${set.replicas === 1 ? 'is' : 'are'} ready`;
  const refusal =
    failure?.status === 'True'
      ? [
          observeField(
            set,
            'status.conditions[ReplicaFailure]',
            `${failure.reason}: ${failure.message}`,
            failure.since,
          ),
        ]
      : [];
  return {
    subject: refOf(set),
    ...(set.readyReplicas <= 0 && { severity: 'critical' as const }),
    summary: share,
    since,
    evidence: [observeField(set, 'status.readyReplicas', share, index.takenAt), ...refusal],
    related: notReady.map(refOf),
    pods: notReady,
    explanation: `ReplicaSet ${set.name}, which no Deployment keeps, is short: ${share}${refusal.length === 0 ? '' : ', and the API server refuses new ones'}.`,
    confidence: refusal.length === 0 ? ('low' as const) : ('medium' as const),
    remedies: [
      {
        label: 'Look at its pods and events',
        advice: `Look at the events of ReplicaSet ${set.name} and of its pods that are not ready.`,
      },
    ],
    templateMayCauseIt: false,
  };
}
