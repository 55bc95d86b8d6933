import type { PodView, WorkloadView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { findCondition, hasEnded, isPodReady } from '../../snapshot/conditions.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import { READY_GRACE_MS } from '../../thresholds.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/** CHK-WKL-303: a workload has fewer ready pods than it should. Usually the consequence of something else. */
export const workloadDegraded = defineAnalyzer({
  code: 'CHK-WKL-303',
  title: 'workload with fewer ready pods than it should have',
  severity: 'warning',
  tier: 'workload',
  reads: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Pod'],
  explainedBy: ['CHK-WKL-308', 'CHK-POD-166'],
  sources: [
    'popeye 501',
    'k8sgpt Deployment replicas not ready',
    'k8sgpt DaemonSet not ready',
    'k8sgpt StatefulSet pod not Running',
    'Robusta KubeStatefulSetReplicasMismatch',
    'Robusta DeploymentReplicasMismatch',
  ],
  analyze: (index) =>
    index.workloads.flatMap((workload) => {
      if (!shouldBeWhole(workload)) return [];
      const pods = index.podsOf(workload);
      const notReady = pods.filter((pod) => !isPodReady(pod) && !hasEnded(pod));
      const since = degradedSince(workload, notReady);
      if (since === undefined || index.takenAt - since < READY_GRACE_MS) return [];
      const ready = Math.max(0, workload.readyReplicas);
      const share = `${ready} of ${workload.replicas} pods ${workload.replicas === 1 ? 'is' : 'are'} ready`;
      return [
        {
          subject: refOf(workload),
          severity: ready === 0 ? ('critical' as const) : ('warning' as const),
          summary: share,
          since,
          evidence: [observeField(workload, 'status.readyReplicas', share, index.takenAt)],
          related: notReady.map(refOf),
          pods: notReady,
          explanation: `Only ${share}, and nothing that was read says why.`,
          confidence: 'low' as const,
          remedies: [
            {
              label: 'Look at the pods',
              advice: `Look at the events and logs of the pods of ${workload.name} that are not ready.`,
            },
          ],
          templateMayCauseIt: true,
        },
      ];
    }),
});

function shouldBeWhole(workload: WorkloadView): boolean {
  if (workload.deletingSince !== undefined || workload.paused || workload.replicas <= 0) return false;
  return workload.readyReplicas < workload.replicas && workload.observedGeneration >= workload.generation;
}

/** Since when it lacks pods, as far as anything dates it; undefined when nothing does. */
function degradedSince(workload: WorkloadView, notReady: readonly PodView[]): number | undefined {
  const available = findCondition(workload, 'Available');
  const failure = findCondition(workload, 'ReplicaFailure');
  const dates = [
    ...notReady.map((pod) => Math.max(pod.createdAt, findCondition(pod, 'Ready')?.since ?? 0)),
    ...(available?.status === 'False' ? [available.since] : []),
    ...(failure?.status === 'True' ? [failure.since] : []),
  ];
  return dates.length === 0 ? undefined : Math.min(...dates);
}
