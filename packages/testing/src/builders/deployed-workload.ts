import type { ObjectView, PodView, ReplicaSetView, WorkloadView } from '@jamie/core';
import { aPod } from './pod-builders.ts';
import type { AnyView } from './snapshot-builder.ts';
import { SNAPSHOT_TIME } from './snapshot-builder.ts';
import { aReplicaSet, aWorkload } from './view-builders.ts';

/** One revision of a Deployment and the pods that it has now. */
export interface RevisionPlan {
  readonly revision: number;
  /** How long ago the revision was made. Default: a day. */
  readonly ageMs?: number;
  readonly image?: string;
  /** The fields in which its pods differ from ready ones. */
  readonly pods: readonly Partial<PodView>[];
  readonly replicaSet?: Partial<ReplicaSetView>;
}

/** A Deployment with its ReplicaSets and pods, whose counts all agree. */
export interface Deployed {
  readonly workload: WorkloadView;
  readonly replicaSets: readonly ReplicaSetView[];
  readonly pods: readonly PodView[];
  readonly views: readonly AnyView[];
}

/** Builds a Deployment with one or more revisions; the highest revision is the current one. */
export function aDeployed(
  name: string,
  revisions: readonly RevisionPlan[],
  more: Partial<WorkloadView> = {},
): Deployed {
  const namespace = more.namespace ?? 'shop';
  const newest = Math.max(...revisions.map((plan) => plan.revision));
  const base = aWorkload('Deployment', name, { namespace, uid: `uid-${namespace}-${name}`, ...more });
  const built = revisions.map((plan) => buildRevision(base, plan));
  const pods = built.flatMap((revision) => revision.pods);
  const current = built.find((revision) => revision.replicaSet.revision === newest);
  const ready = pods.filter(isReady).length;
  const workload: WorkloadView = {
    ...base,
    revision: newest,
    replicas: more.replicas ?? Math.max(...revisions.map((plan) => plan.pods.length)),
    currentReplicas: pods.length,
    updatedReplicas: current?.pods.length ?? 0,
    readyReplicas: ready,
    availableReplicas: ready,
    images: current?.replicaSet.images ?? base.images,
    ...more,
    namespace,
  };
  const replicaSets = built.map((revision) => revision.replicaSet);
  return { workload, replicaSets, pods, views: [workload, ...replicaSets, ...pods] };
}

function buildRevision(deployment: WorkloadView, plan: RevisionPlan) {
  const createdAt = SNAPSHOT_TIME - (plan.ageMs ?? 24 * 3_600_000);
  const set = aReplicaSet(deployment, plan.revision, {
    createdAt,
    replicas: plan.pods.length,
    ...(plan.image === undefined ? {} : { images: { app: plan.image } }),
    ...plan.replicaSet,
  });
  const pods = plan.pods.map((fields, index) => podOf(set, index, { createdAt, ...fields }));
  return { replicaSet: { ...set, readyReplicas: pods.filter(isReady).length }, pods };
}

/** A pod of a ReplicaSet, StatefulSet or DaemonSet. */
export function podOf(owner: ObjectView, index: number, more: Partial<PodView> = {}): PodView {
  return aPod({
    namespace: owner.namespace,
    name: `${owner.name}-pod${index}`,
    labels: owner.labels,
    owner: { kind: owner.kind, name: owner.name, uid: owner.uid },
    ...more,
  });
}

function isReady(pod: PodView): boolean {
  return pod.conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True');
}
