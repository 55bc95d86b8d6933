import type { ServiceView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { READY_GRACE_MS } from '../../thresholds.ts';
import { countOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { isClusterDns } from '../network/cluster-dns.ts';
import { hasReadyEndpoint, selectsPods } from './service-endpoints.ts';

/** CHK-SVC-202: a Service selects pods or workloads, and not one pod of them is ready. */
export const serviceWithoutReadyPods = defineAnalyzer({
  code: 'CHK-SVC-202',
  title: 'Service behind which no pod is ready',
  severity: 'critical',
  tier: 'service',
  reads: ['Service', 'Pod', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'],
  helpedBy: ['EndpointSlice'],
  sources: ['popeye 1105', 'popeye 1110', 'k8sgpt Service not-ready endpoints'],
  analyze: (index) => index.services.flatMap((service) => describe(index, service)),
});

function describe(index: SnapshotIndex, service: ServiceView) {
  if (!selectsPods(service) || isClusterDns(service) || hasReadyEndpoint(index, service)) return [];
  const pods = index.podsSelectedBy(service).filter((pod) => pod.phase !== 'Succeeded');
  const workloads = index.workloadsSelectedBy(service).filter((workload) => workload.replicas > 0);
  if (pods.length + workloads.length === 0) return [];
  const since = Math.min(
    ...pods.map((pod) => Math.max(pod.createdAt, findCondition(pod, 'Ready')?.since ?? 0)),
  );
  if (pods.length > 0 && index.takenAt - since < READY_GRACE_MS) return [];
  // A paused rollout, or one that has just been asked for, has no pods yet by design.
  if (pods.length === 0 && !workloads.some((workload) => lacksPods(index, workload.uid))) return [];
  const count =
    pods.length === 0 ? 'it selects no pod yet' : `none of ${countOf(pods.length, 'selected pod')} is ready`;
  return [
    {
      subject: refOf(service),
      summary: `has no ready endpoint: ${count}`,
      since: pods.length === 0 ? service.createdAt : since,
      evidence: [
        observeField(
          service,
          'endpoints',
          `0 ready endpoints, ${countOf(pods.length, 'selected pod')}`,
          index.takenAt,
        ),
      ],
      related: [...workloads.map(refOf), ...pods.map(refOf)],
      pods,
      explanation: `Service ${service.name} has no ready endpoint: ${count}.`,
      confidence: 'medium' as const,
      remedies: [
        {
          label: 'Find why the pods are not ready',
          advice: `Look at the pods that Service ${service.name} selects; requests to it fail until one is ready.`,
        },
      ],
      templateMayCauseIt: false,
    },
  ];
}

function lacksPods(index: SnapshotIndex, uid: string): boolean {
  const workload = index.workloads.find((entry) => entry.uid === uid);
  if (workload === undefined || workload.paused) return false;
  const failing = [workload, ...index.replicaSetsOf(workload).slice(0, 1)];
  return failing.some(
    (view) =>
      findCondition(view, 'ReplicaFailure')?.status === 'True' ||
      index.eventsOf(view).some((event) => event.reason === 'FailedCreate'),
  );
}
