import type { HorizontalPodAutoscalerView, Kind, ObjectRef, WorkloadView } from '@jamie/core';
import { refOf } from '../../snapshot/ref-of.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';

/** What an autoscaler names as the thing to scale. */
export type ScaleTarget =
  | { readonly kind: 'workload'; readonly workload: WorkloadView }
  | { readonly kind: 'missing'; readonly ref: ObjectRef }
  | { readonly kind: 'cannot_scale'; readonly named: string }
  /** Of a kind that is not read, for example one of an operator. */
  | { readonly kind: 'cannot_tell' };

const SCALABLE: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'ReplicaSet']);
/** Kinds of Kubernetes itself without the scale subresource; those of others may have one. */
const NEVER_SCALE: ReadonlySet<string> = new Set([
  'DaemonSet',
  'Pod',
  'Job',
  'CronJob',
  'Service',
  'ConfigMap',
  'Ingress',
  'Node',
  'Namespace',
]);

/** Looks up what an autoscaler scales. */
export function scaleTargetOf(
  index: SnapshotIndex,
  { namespace, target }: HorizontalPodAutoscalerView,
): ScaleTarget {
  if (NEVER_SCALE.has(target.kind)) return { kind: 'cannot_scale', named: target.kind };
  if (!SCALABLE.has(target.kind)) return { kind: 'cannot_tell' };
  // One of the three kinds above.
  const kind = target.kind as Kind;
  if (!index.isRead(kind)) return { kind: 'cannot_tell' };
  const ref: ObjectRef = { kind, namespace, name: target.name };
  const view = index.find(ref);
  if (view === undefined) return { kind: 'missing', ref };
  const workload = kind === 'ReplicaSet' ? undefined : index.workloadOf(view);
  return workload === undefined ? { kind: 'cannot_tell' } : { kind: 'workload', workload };
}

/** The target as a reference for merging; none where it is not in the snapshot. */
export function targetRefs(index: SnapshotIndex, scaler: HorizontalPodAutoscalerView): readonly ObjectRef[] {
  const target = scaleTargetOf(index, scaler);
  return target.kind === 'workload' ? [refOf(target.workload)] : [];
}

/** Autoscalers that are not being deleted. */
export function liveAutoscalers(index: SnapshotIndex): readonly HorizontalPodAutoscalerView[] {
  return index.autoscalers.filter((scaler) => scaler.deletingSince === undefined);
}
