import type { WorkloadView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { findCondition } from '../../snapshot/conditions.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { ROLLOUT_GRACE_MS } from '../../thresholds.ts';
import { formatDuration } from '../../wording.ts';
import { defineAnalyzer } from '../define-analyzer.ts';

/** CHK-WKL-304: a Deployment was paused and then changed, or changed and then paused: the change waits. */
export const pausedRollout = defineAnalyzer({
  code: 'CHK-WKL-304',
  title: 'paused Deployment whose change is not rolled out',
  severity: 'warning',
  tier: 'rollout',
  reads: ['Deployment'],
  analyze: (index) =>
    index.workloads.flatMap((workload) => {
      if (!holdsChangeBack(workload)) return [];
      const since = pausedSince(index, workload);
      return index.takenAt - since < ROLLOUT_GRACE_MS ? [] : [describe(index, workload, since)];
    }),
});

function holdsChangeBack(workload: WorkloadView): boolean {
  const { kind, paused, replicas, updatedReplicas, generation, observedGeneration } = workload;
  if (kind !== 'Deployment' || !paused || workload.deletingSince !== undefined) return false;
  return replicas > 0 && updatedReplicas < replicas && observedGeneration >= generation;
}

function pausedSince(index: SnapshotIndex, workload: WorkloadView): number {
  const progressing = findCondition(workload, 'Progressing');
  return progressing?.reason === 'DeploymentPaused' ? progressing.since : index.takenAt;
}

function describe(index: SnapshotIndex, workload: WorkloadView, since: number) {
  const { namespace, name, replicas, updatedReplicas } = workload;
  const share = `${updatedReplicas} of ${replicas} pods are of its present template`;
  const paused = formatDuration(index.takenAt - since);
  return {
    subject: refOf(workload),
    summary: `is paused, and ${share}`,
    since,
    evidence: [observeField(workload, 'spec.paused', `true; ${share}`, index.takenAt)],
    related: [],
    pods: [],
    explanation: `Deployment ${name} has been paused for ${paused}, and ${share}: nothing is rolled out until it is resumed.`,
    confidence: 'medium' as const,
    remedies: [
      {
        label: `Resume the rollout of ${name}`,
        advice: `Somebody paused Deployment ${name}; resume it unless they still look at the pods of the new template.`,
        operation: { kind: 'resume' as const, target: { kind: 'Deployment' as const, namespace, name } },
      },
    ],
    templateMayCauseIt: false,
  };
}
