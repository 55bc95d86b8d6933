import type { PodView, WorkloadView } from '@jamie/core';
import { observeField } from '../../evidence/observe.ts';
import { findCondition, isPodReady } from '../../snapshot/conditions.ts';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { formatDuration, shortName, someOf } from '../../wording.ts';
import type { Observation } from '../fault.ts';

/**
 * An update that moved within this time goes on: each of its pods may take minutes to end and to become ready. Prometheus'
 * kubernetes-mixin alerts after 15 minutes (KubeStatefulSetUpdateNotRolledOut, KubeDaemonSetRolloutStuck).
 */
const STANDING_MS = 10 * 60_000;

/** An update of a StatefulSet or DaemonSet that has stood still: what it lacks and since when. */
interface StandingUpdate {
  readonly workload: WorkloadView;
  /** Pods that should be of the present template. */
  readonly wanted: number;
  readonly waiting: readonly PodView[];
  readonly lastMovedAt: number;
}

/** Says of every workload of one kind that its update stands still. One that waits for people, with OnDelete, does not. */
export function findStandingUpdates(
  index: SnapshotIndex,
  kind: 'StatefulSet' | 'DaemonSet',
): readonly Observation[] {
  return index.workloads.flatMap((workload) => {
    const update = workload.kind === kind ? standingOf(index, workload) : undefined;
    return update === undefined ? [] : [describe(index, update)];
  });
}

function standingOf(index: SnapshotIndex, workload: WorkloadView): StandingUpdate | undefined {
  const { updateStrategy, updatedReplicas, replicas, partition } = workload;
  const wanted = replicas - partition;
  if (updateStrategy === 'OnDelete' || workload.deletingSince !== undefined) return undefined;
  if (!(updatedReplicas < wanted) || workload.observedGeneration < workload.generation) return undefined;
  const pods = index.podsOf(workload);
  const moves = pods.flatMap((pod) => [pod.createdAt, findCondition(pod, 'Ready')?.since ?? 0]);
  const lastMovedAt = Math.max(workload.createdAt, ...moves);
  if (pods.length === 0 || index.takenAt - lastMovedAt < STANDING_MS) return undefined;
  return { workload, wanted, waiting: pods.filter((pod) => !isPodReady(pod)), lastMovedAt };
}

function describe(
  index: SnapshotIndex,
  { workload, wanted, waiting, lastMovedAt }: StandingUpdate,
): Observation {
  const share = `${Math.max(0, workload.updatedReplicas)} of ${wanted} pods are of its present template`;
  const still = formatDuration(index.takenAt - lastMovedAt);
  const blocker =
    waiting.length === 0
      ? 'every pod is ready, so its controller should have gone on'
      : `it waits for ${someOf(waiting.map(({ name }) => name))} to become ready`;
  return {
    subject: refOf(workload),
    summary: `its update has stood still for ${still}: ${share}`,
    since: lastMovedAt,
    evidence: [observeField(workload, 'status', share, index.takenAt)],
    related: waiting.map(refOf),
    pods: waiting,
    explanation: `The update of ${shortName(refOf(workload))} has stood still for ${still}: ${share}, and ${blocker}.`,
    confidence: waiting.length === 0 ? 'low' : 'medium',
    remedies: [
      {
        label: 'Find what keeps its pods from being ready',
        advice: `Look at the pods of ${workload.name} that are not ready; the update goes on by itself once they are.`,
      },
    ],
    templateMayCauseIt: waiting.length > 0,
  };
}
