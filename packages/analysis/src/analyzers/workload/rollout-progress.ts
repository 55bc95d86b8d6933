import type { PodView, ReplicaSetView, WorkloadView } from '@jamie/core';
import { findCondition, isPodReady } from '../../snapshot/conditions.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';

/** A Deployment on its way to a new revision. */
export interface Rollout {
  readonly workload: WorkloadView;
  readonly newest: ReplicaSetView;
  /** The new revision's pods that are not ready. */
  readonly waiting: readonly PodView[];
  readonly readyPods: number;
  /** When the rollout last moved: a pod was made or became ready. */
  readonly lastMovedAt: number;
}

/** Deployments whose newest revision is not wholly ready; paused and settled ones are not under way. */
export function findRollouts(index: SnapshotIndex): readonly Rollout[] {
  return index.workloads.flatMap((workload) => {
    if (workload.kind !== 'Deployment' || workload.paused || workload.deletingSince !== undefined) return [];
    // The controller has not seen the latest wish yet.
    if (workload.observedGeneration < workload.generation || workload.replicas === 0) return [];
    const [newest] = index.replicaSetsOf(workload);
    if (newest === undefined) return [];
    const pods = index.podsOf(workload).filter((pod) => pod.owner?.uid === newest.uid);
    const ready = pods.filter(isPodReady);
    if (ready.length >= workload.replicas) return [];
    const moves = [newest.createdAt, ...pods.map((pod) => pod.createdAt), ...ready.flatMap(readySince)];
    return [
      {
        workload,
        newest,
        waiting: pods.filter((pod) => !isPodReady(pod)),
        readyPods: ready.length,
        lastMovedAt: Math.max(...moves),
      },
    ];
  });
}

function readySince(pod: PodView): readonly number[] {
  const condition = findCondition(pod, 'Ready');
  return condition === undefined ? [] : [condition.since];
}
