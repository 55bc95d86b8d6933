import type { ClusterSnapshot, ObjectRef, WorkloadRef } from '@jamie/core';
import { refOf } from '../snapshot/ref-of.ts';
import { buildSnapshotIndex } from '../snapshot/snapshot-index.ts';

/** The Deployment, StatefulSet or DaemonSet that an object is or belongs to; undefined where there is none. */
export function findOwner(snapshot: ClusterSnapshot, ref: ObjectRef): WorkloadRef | undefined {
  const index = buildSnapshotIndex(snapshot);
  const view = index.find(ref);
  const workload = view === undefined ? undefined : index.workloadOf(view);
  // A workload's view always has a namespace.
  return workload === undefined ? undefined : (refOf(workload) as WorkloadRef);
}
