import type {
  ClusterSnapshot,
  DiagnosisScope,
  ObjectRef,
  PodView,
  ServiceView,
  WorkloadView,
} from '@jamie/core';
import { buildSnapshotIndex, type SnapshotIndex } from '../snapshot/snapshot-index.ts';
import { inStableOrder } from '../snapshot/stable-order.ts';

/** Pods of a scope, those that are going too; or why there is no list of them. */
export type PodsWithin =
  | { readonly kind: 'pods'; readonly pods: readonly PodView[] }
  /** `unread`: pods could not be listed. `gone`: the object is not there. `none`: such objects have no pods. */
  | { readonly kind: 'no_pods'; readonly reason: 'unread' | 'gone' | 'none' };

/**
 * The pods of a namespace or the cluster; of a workload or ReplicaSet by owner, of a Service by selector, of a node by
 * place, of a ConfigMap by reference. In a stable order. Pure, never throws.
 */
export function podsWithin(snapshot: ClusterSnapshot, scope: DiagnosisScope): PodsWithin {
  if (snapshot.unread.some(({ kind }) => kind === 'Pod')) return { kind: 'no_pods', reason: 'unread' };
  if (scope.kind === 'object') return podsOfObject(snapshot, scope.ref);
  const pods = inStableOrder(snapshot.objects.Pod);
  if (scope.kind === 'cluster') return { kind: 'pods', pods };
  return { kind: 'pods', pods: pods.filter((pod) => pod.namespace === scope.namespace) };
}

function podsOfObject(snapshot: ClusterSnapshot, ref: ObjectRef): PodsWithin {
  const index = buildSnapshotIndex(snapshot);
  if (index.find(ref) === undefined) return { kind: 'no_pods', reason: 'gone' };
  const belongs = membershipOf(index, ref);
  if (belongs === undefined) return { kind: 'no_pods', reason: 'none' };
  return { kind: 'pods', pods: inStableOrder(snapshot.objects.Pod).filter(belongs) };
}

function membershipOf(index: SnapshotIndex, ref: ObjectRef): ((pod: PodView) => boolean) | undefined {
  const view = index.find(ref);
  switch (ref.kind) {
    case 'Pod':
      return (pod) => pod === view;
    case 'Namespace':
      return (pod) => pod.namespace === ref.name;
    case 'Node':
      return (pod) => pod.nodeName === ref.name;
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
      // The kind field decides the view's type.
      return (pod) => index.workloadOf(pod) === (view as WorkloadView);
    case 'ReplicaSet':
      return (pod) => pod.owner?.uid === view?.uid;
    case 'Service':
      return (pod) => pod.namespace === ref.namespace && isSelected(view as ServiceView, pod);
    case 'ConfigMap':
      return (pod) =>
        pod.namespace === ref.namespace &&
        pod.references.some(({ kind, name }) => kind === 'ConfigMap' && name === ref.name);
    default:
      return undefined;
  }
}

/** An empty selector selects nothing, as for a Service. */
function isSelected({ selector }: ServiceView, { labels }: PodView): boolean {
  const pairs = Object.entries(selector);
  return (
    pairs.length > 0 && pairs.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)
  );
}
