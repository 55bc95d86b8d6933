import type { ClusterSnapshot, ObjectRef, PodView, ServiceView, WorkloadView } from '@jamie/core';
import { isPodReady } from '../snapshot/conditions.ts';
import { buildSnapshotIndex, type SnapshotIndex } from '../snapshot/snapshot-index.ts';
import { compareText } from '../snapshot/stable-order.ts';
import { isFailing } from './failing-container.ts';

/** Why a pod was taken: it was named, there is no other, or it needs looking at most. */
export type PodReason = 'named' | 'only' | 'crashing' | 'not_ready' | 'newest';

/** The pod whose log is meant, and those that could have been. */
export type PodChoice =
  | {
      readonly kind: 'chosen';
      readonly reason: PodReason;
      readonly pod: PodView;
      /** The rest, the one that needs looking at most first. */
      readonly others: readonly PodView[];
    }
  /** `unread`: pods could not be listed. `no_log`: objects of this kind run nothing. */
  | { readonly kind: 'none'; readonly reason: 'gone' | 'no_pods' | 'unread' | 'no_log' };

/**
 * Chooses the pod to read: the one named; of a workload, a ReplicaSet or a Service the one that needs looking at most:
 * crashing before not ready before newest. Pods that are going are taken only where there are no others.
 */
export function choosePod(snapshot: ClusterSnapshot, ref: ObjectRef): PodChoice {
  const index = buildSnapshotIndex(snapshot);
  if (!index.isRead('Pod')) return { kind: 'none', reason: 'unread' };
  const view = index.find(ref);
  if (view === undefined) return { kind: 'none', reason: 'gone' };
  if (view.kind === 'Pod') return { kind: 'chosen', reason: 'named', pod: view as PodView, others: [] };
  const pods = podsOf(index, ref, view.uid);
  if (pods === undefined) return { kind: 'none', reason: 'no_log' };
  const ranked = pods
    .map((pod) => ({ pod, need: needOf(pod, snapshot.takenAt) }))
    .sort(
      (left, right) =>
        right.need - left.need ||
        right.pod.createdAt - left.pod.createdAt ||
        compareText(left.pod.name, right.pod.name),
    );
  const [first, ...others] = ranked;
  if (first === undefined) return { kind: 'none', reason: 'no_pods' };
  const reason = others.length === 0 ? 'only' : REASONS[first.need];
  return { kind: 'chosen', reason, pod: first.pod, others: others.map(({ pod }) => pod) };
}

/** How much a pod needs looking at. */
type Need = 0 | 1 | 2;
const REASONS = { 0: 'newest', 1: 'not_ready', 2: 'crashing' } as const satisfies Record<Need, PodReason>;

function needOf(pod: PodView, takenAt: number): Need {
  if (pod.containers.some((container) => isFailing(container, takenAt))) return 2;
  return isPodReady(pod) || pod.phase === 'Succeeded' ? 0 : 1;
}

function podsOf(index: SnapshotIndex, ref: ObjectRef, uid: string): readonly PodView[] | undefined {
  switch (ref.kind) {
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet': {
      const live = index.podsOf(index.find(ref) as WorkloadView);
      return live.length > 0
        ? live
        : index.terminatingPods.filter((pod) => index.workloadOf(pod)?.uid === uid);
    }
    case 'ReplicaSet':
      return index.pods.filter((pod) => pod.owner?.uid === uid);
    case 'Service':
      return index.podsSelectedBy(index.find(ref) as ServiceView);
    default:
      return undefined;
  }
}
