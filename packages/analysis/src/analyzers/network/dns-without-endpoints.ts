import type { ServiceView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { READY_GRACE_MS } from '../../thresholds.ts';
import { countOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import type { Observation } from '../fault.ts';
import { hasReadyEndpoint, selectsPods } from '../service/service-endpoints.ts';
import { blamesNames } from './blames-names.ts';
import { clusterDns } from './cluster-dns.ts';

/**
 * CHK-NET-951: nothing answers behind the cluster's DNS. What its own pods suffer from explains it, and it explains the pods
 * elsewhere that say that names do not resolve.
 */
export const dnsWithoutEndpoints = defineAnalyzer({
  code: 'CHK-NET-951',
  title: 'cluster DNS behind which no pod is ready',
  severity: 'critical',
  tier: 'service',
  reads: ['Service', 'Pod', 'Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'],
  helpedBy: ['EndpointSlice', 'Event'],
  sources: ['OpenSRE 006-dns-resolution-failure', 'HolmesGPT DNS'],
  analyze: (index) =>
    clusterDns(index)
      .services.filter((service) => isDown(index, service))
      .map((service) => describe(index, service)),
});

function isDown(index: SnapshotIndex, service: ServiceView): boolean {
  if (!selectsPods(service) || hasReadyEndpoint(index, service)) return false;
  return index.takenAt - downSince(index, service) >= READY_GRACE_MS;
}

/** When the last of its pods stopped being ready; when it was made, where it has none. */
function downSince(index: SnapshotIndex, service: ServiceView): number {
  const pods = index.podsSelectedBy(service);
  if (pods.length === 0) return service.createdAt;
  return Math.max(...pods.map((pod) => findCondition(pod, 'Ready')?.since ?? pod.createdAt));
}

function describe(index: SnapshotIndex, service: ServiceView): Observation {
  const pods = index.podsSelectedBy(service);
  const own = new Set(clusterDns(index).pods);
  const victims = index.pods.filter((pod) => !own.has(pod) && blamesNames(index, pod));
  const count =
    pods.length === 0
      ? 'no pod stands behind it'
      : `none of ${countOf(pods.length, 'selected pod')} is ready`;
  const blame =
    victims.length === 0
      ? ''
      : ` ${countOf(victims.length, 'pod')} elsewhere report names that do not resolve.`;
  return {
    subject: refOf(service),
    summary: `the DNS of the cluster has no ready endpoint: ${count}`,
    since: downSince(index, service),
    evidence: [
      observeField(service, 'endpoints', `0 ready endpoints, ${countOf(pods.length, 'pod')}`, index.takenAt),
    ],
    related: [...index.workloadsSelectedBy(service).map(refOf), ...pods.map(refOf)],
    pods,
    victims,
    explanation: `Nothing answers behind Service ${service.name}, the DNS of the cluster (${count}), so names of Services and hosts do not resolve in any pod that asks it.${blame}`,
    confidence: 'high',
    remedies: [
      {
        label: 'Bring the DNS back',
        advice: `Look at the pods and the workload behind Service ${service.name} in ${service.namespace}: until one is ready, applications everywhere fail to find each other.`,
      },
    ],
    templateMayCauseIt: false,
  };
}
