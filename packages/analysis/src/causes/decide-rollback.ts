import type { ReplicaSetView, WorkloadRef, WorkloadView } from '@jamie/core';
import type { Fault } from '../analyzers/fault.ts';
import type { SnapshotIndex } from '../snapshot/snapshot-index.ts';
import { PROVEN_REVISION_MS, RECENT_MS, START_GRACE_MS } from '../thresholds.ts';
import { countOf, formatDuration } from '../wording.ts';

export type RollbackDecision =
  | {
      readonly kind: 'propose';
      readonly target: WorkloadRef;
      readonly newest: ReplicaSetView;
      readonly previous: ReplicaSetView;
      /** Why the previous revision is taken to be sound, for a sentence. */
      readonly proof: string;
    }
  | {
      readonly kind: 'no';
      readonly reason:
        | 'not_a_template_fault'
        | 'not_a_deployment'
        | 'no_previous_revision'
        | 'older_revision_faulty_too'
        | 'began_before_the_revision'
        | 'previous_not_proven';
    };

/**
 * Decides whether going back one revision would help: only when the fault is in the newest revision's pods alone,
 * began with it, and the revision before was healthy.
 */
export function decideRollback(index: SnapshotIndex, fault: Fault): RollbackDecision {
  if (!fault.templateMayCauseIt) return { kind: 'no', reason: 'not_a_template_fault' };
  const subject = index.find(fault.subject);
  const workload = subject === undefined ? undefined : index.workloadOf(subject);
  if (workload === undefined || workload.kind !== 'Deployment')
    return { kind: 'no', reason: 'not_a_deployment' };
  const [newest, previous] = index.replicaSetsOf(workload);
  if (newest === undefined || previous === undefined || previous.revision < 1) {
    return { kind: 'no', reason: 'no_previous_revision' };
  }
  if (fault.pods.some((pod) => pod.owner?.uid !== newest.uid)) {
    return { kind: 'no', reason: 'older_revision_faulty_too' };
  }
  if (fault.since < newest.createdAt - START_GRACE_MS)
    return { kind: 'no', reason: 'began_before_the_revision' };
  const proof = proveHealthy(newest, previous, fault.since);
  if (proof === undefined) return { kind: 'no', reason: 'previous_not_proven' };
  return { kind: 'propose', target: targetOf(workload), newest, previous, proof };
}

function proveHealthy(newest: ReplicaSetView, previous: ReplicaSetView, since: number): string | undefined {
  if (previous.readyReplicas > 0)
    return `${countOf(previous.readyReplicas, 'pod')} of it ${previous.readyReplicas === 1 ? 'is' : 'are'} ready now`;
  const ranMs = newest.createdAt - previous.createdAt;
  // Without ready pods only its record speaks for it, and only when the fault came at once with its successor.
  const cameAtOnce = since - newest.createdAt <= RECENT_MS;
  return ranMs >= PROVEN_REVISION_MS && cameAtOnce ? `it ran for ${formatDuration(ranMs)} before` : undefined;
}

function targetOf({ kind, namespace, name }: WorkloadView): WorkloadRef {
  return { kind, namespace, name };
}
