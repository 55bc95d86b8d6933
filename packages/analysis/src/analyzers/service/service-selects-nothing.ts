import type { ServiceView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { READY_GRACE_MS } from '../../thresholds.ts';
import { formatLabels, listOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { isClusterDns } from '../network/cluster-dns.ts';
import { findClosestLabels } from './closest-labels.ts';
import { hasReadyEndpoint, selectsPods } from './service-endpoints.ts';

/** CHK-SVC-201: the labels that a Service selects are on no pod and no workload. */
export const serviceSelectsNothing = defineAnalyzer({
  code: 'CHK-SVC-201',
  title: 'Service whose selector fits no pod',
  severity: 'critical',
  tier: 'service',
  reads: ['Service', 'Pod', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'],
  helpedBy: ['EndpointSlice'],
  sources: [
    'popeye 1100',
    'k8sgpt Service no endpoints',
    'k8s-ai-bench fix-service-with-no-endpoints',
    'k8s-ai-bench fix-service-routing',
  ],
  analyze: (index) =>
    index.services
      .filter((service) => selectsNothing(index, service))
      .map((service) => describe(index, service)),
});

function selectsNothing(index: SnapshotIndex, service: ServiceView): boolean {
  // Without the cluster's DNS far more is lost than one Service: that is a fault of its own.
  if (!selectsPods(service) || isClusterDns(service)) return false;
  if (index.takenAt - service.createdAt < READY_GRACE_MS) return false;
  if (index.podsSelectedBy(service).length > 0 || hasReadyEndpoint(index, service)) return false;
  if (index.terminatingPods.some((pod) => pod.namespace === service.namespace)) return false;
  // A workload that it would select has no pods now: scaled to zero by somebody, or that fault is told by itself.
  return index.workloadsSelectedBy(service).length === 0;
}

function describe(index: SnapshotIndex, service: ServiceView) {
  const selector = formatLabels(service.selector);
  const neighbours = index.pods.filter((pod) => pod.namespace === service.namespace);
  const closest = findClosestLabels(neighbours, service.selector);
  const labels = observeField(service, 'spec.selector', selector, index.takenAt);
  const hint =
    closest === undefined
      ? ''
      : `; the closest is Pod ${closest.pod.name}, which lacks ${listOf(closest.misses)}`;
  return {
    subject: refOf(service),
    summary: `its selector ${selector} fits no pod`,
    since: service.createdAt,
    evidence:
      closest === undefined
        ? [labels]
        : [
            labels,
            observeField(closest.pod, 'metadata.labels', formatLabels(closest.pod.labels), index.takenAt),
          ],
    related: [],
    pods: [],
    explanation: `The selector ${selector} of Service ${service.name} fits no pod, so nothing answers behind it${hint}.`,
    confidence: closest === undefined ? ('medium' as const) : ('high' as const),
    remedies: [
      {
        label: 'Correct the selector or the labels',
        advice:
          closest === undefined
            ? `No pod in ${service.namespace} has any of these labels: correct the selector of Service ${service.name}, deploy what it should select, or delete it.`
            : `Make the selector of Service ${service.name} and the labels of the pod template agree: ${listOf(closest.misses)}.`,
      },
    ],
    templateMayCauseIt: false,
  };
}
