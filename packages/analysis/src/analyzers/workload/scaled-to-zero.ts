import type { Evidence, Proposal, WorkloadView } from '@jamie/core';
import { observeEvent, observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { shortName, someOf } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';
import { isClusterDns } from '../network/cluster-dns.ts';
import { hasReadyEndpoint, selectsPods } from '../service/service-endpoints.ts';

/** How many pods there were before, and what says so. */
interface FormerCount {
  readonly replicas: number;
  readonly since: number;
  readonly evidence: Evidence;
  readonly proof: string;
}

// kubernetes/kubernetes, pkg/controller/deployment/sync.go: "Scaled down replica set X from 3 to 0".
const SCALED_DOWN = /^Scaled down replica set (\S{1,253}) from (\d{1,5}) to 0$/;

/**
 * CHK-WKL-305: nothing answers behind a Service because its workload was scaled to zero. Silent where nothing says how
 * many pods there were: then it may well be meant.
 */
export const scaledToZero = defineAnalyzer({
  code: 'CHK-WKL-305',
  title: 'workload that was scaled to zero behind a Service',
  severity: 'warning',
  tier: 'workload',
  reads: ['Deployment', 'StatefulSet', 'Service', 'Pod'],
  helpedBy: ['Event', 'HorizontalPodAutoscaler'],
  sources: ['popeye 500'],
  analyze: (index) =>
    index.workloads.flatMap((workload) => {
      if (workload.kind === 'DaemonSet' || workload.replicas !== 0 || workload.deletingSince !== undefined)
        return [];
      const services = index
        .servicesOf(workload)
        .filter((service) => selectsPods(service) && !hasReadyEndpoint(index, service));
      const former = services.length === 0 ? undefined : formerCount(index, workload);
      return former === undefined ? [] : [describe(index, workload, services, former)];
    }),
});

function formerCount(index: SnapshotIndex, workload: WorkloadView): FormerCount | undefined {
  return countFromEvents(index, workload) ?? countFromAutoscaler(index, workload);
}

function countFromEvents(index: SnapshotIndex, workload: WorkloadView): FormerCount | undefined {
  const newest = index.replicaSetsOf(workload)[0]?.name;
  for (const event of index.eventsOf(workload)) {
    const [, set, count] = SCALED_DOWN.exec(event.message) ?? [];
    // An older set comes to zero in every rollout.
    if (event.reason !== 'ScalingReplicaSet' || set !== newest || count === undefined) continue;
    const replicas = Number(count);
    const evidence = observeEvent(event, workload);
    return replicas < 1
      ? undefined
      : { replicas, since: event.lastSeen, evidence, proof: `it had ${replicas} before` };
  }
  return undefined;
}

function countFromAutoscaler(index: SnapshotIndex, workload: WorkloadView): FormerCount | undefined {
  const scaler = index.autoscalers.find(
    ({ namespace, target }) =>
      namespace === workload.namespace && target.kind === workload.kind && target.name === workload.name,
  );
  if (scaler === undefined || scaler.minReplicas < 1) return undefined;
  const text = `${scaler.minReplicas}; it does nothing while its target is at 0`;
  return {
    replicas: scaler.minReplicas,
    since: index.takenAt,
    evidence: observeField(scaler, 'spec.minReplicas', text, index.takenAt),
    proof: `its autoscaler ${scaler.name} keeps at least ${scaler.minReplicas}, and rests while there are none`,
  };
}

function describe(
  index: SnapshotIndex,
  workload: WorkloadView,
  services: ReturnType<SnapshotIndex['servicesOf']>,
  { replicas, since, evidence, proof }: FormerCount,
) {
  const behind = someOf(services.map((service) => shortName(refOf(service))));
  return {
    subject: refOf(workload),
    // Without the DNS of the cluster everything suffers.
    ...(services.some(isClusterDns) && { severity: 'critical' as const }),
    summary: `is scaled to 0, so nothing answers behind ${behind}`,
    since,
    evidence: [observeField(workload, 'spec.replicas', '0', index.takenAt), evidence],
    related: services.map(refOf),
    pods: [],
    explanation: `${shortName(refOf(workload))} is scaled to 0, so nothing answers behind ${behind}; ${proof}.`,
    confidence: 'low' as const,
    remedies: [scaleBack(workload, replicas, proof)],
    templateMayCauseIt: false,
  };
}

function scaleBack(workload: WorkloadView, replicas: number, proof: string): Proposal {
  const { kind, namespace, name } = workload;
  return {
    label: `Scale ${name} to ${replicas}`,
    advice: `Unless somebody scaled ${name} to 0 on purpose, scale it to ${replicas}: ${proof}.`,
    operation: { kind: 'scale', target: { kind, namespace, name }, replicas },
  };
}
