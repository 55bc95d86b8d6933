import type { WorkloadView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/**
 * CHK-WKL-313: the Service that gives the pods of a StatefulSet their names does not exist. Where Services cannot be read,
 * nothing is said.
 */
export const governingServiceMissing = defineAnalyzer({
  code: 'CHK-WKL-313',
  title: 'StatefulSet whose governing Service does not exist',
  severity: 'warning',
  tier: 'workload',
  reads: ['StatefulSet', 'Service'],
  standsAlone: true,
  sources: ['k8sgpt StatefulSet governing Service missing'],
  analyze: (index) =>
    index.workloads
      .filter((workload) => lacksService(index, workload))
      .map((workload) => describe(index, workload)),
});

function lacksService(index: SnapshotIndex, workload: WorkloadView): boolean {
  const { kind, namespace, serviceName, deletingSince } = workload;
  if (kind !== 'StatefulSet' || serviceName === '' || deletingSince !== undefined) return false;
  return index.find({ kind: 'Service', namespace, name: serviceName }) === undefined;
}

function describe(index: SnapshotIndex, workload: WorkloadView) {
  const { namespace, name, serviceName } = workload;
  const service = { kind: 'Service' as const, namespace, name: serviceName };
  return {
    subject: refOf(workload),
    summary: `its governing Service ${serviceName} does not exist`,
    since: workload.createdAt,
    evidence: [
      observeField(
        workload,
        'spec.serviceName',
        `${serviceName}, which is not in namespace ${namespace}`,
        index.takenAt,
      ),
    ],
    related: [service],
    pods: [],
    sharedKey: `${namespace}/${serviceName}`,
    explanation: `Service ${serviceName}, which StatefulSet ${name} names, does not exist in namespace ${namespace}: its pods have no names of their own in DNS, so they cannot find one another.`,
    confidence: 'high' as const,
    remedies: [
      {
        label: `Create the headless Service ${serviceName}`,
        advice: `Create Service ${serviceName} with clusterIP None and the selector of StatefulSet ${name}; the name in the StatefulSet cannot be changed.`,
      },
    ],
    templateMayCauseIt: false,
  };
}
