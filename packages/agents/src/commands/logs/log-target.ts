import { type ContainerReason, chooseContainer, choosePod, type PodReason } from '@jamie/analysis';
import type { ClusterSnapshot, ContainerView, ObjectRef, PodView } from '@jamie/core';

/** One container of one pod, why it was taken, and what could have been taken instead. */
export interface LogTarget {
  readonly kind: 'target';
  readonly pod: PodView;
  readonly podReason: PodReason;
  readonly otherPods: readonly PodView[];
  readonly container: ContainerView;
  readonly containerReason: ContainerReason;
  readonly otherContainers: readonly ContainerView[];
}

/** Nothing to read: why, and, where a container was named that is not there, which there are. */
export type NoLogTarget =
  | { readonly kind: 'none'; readonly reason: 'gone' | 'no_pods' | 'unread' | 'no_log' }
  | { readonly kind: 'unknown_container'; readonly pod: PodView; readonly names: readonly string[] };

/** Decides whose log is meant. Pure: the reasons are told with the answer. */
export function decideLogTarget(
  snapshot: ClusterSnapshot,
  ref: ObjectRef,
  containerName: string | undefined,
): LogTarget | NoLogTarget {
  const chosen = choosePod(snapshot, ref);
  if (chosen.kind === 'none') return chosen;
  const { pod } = chosen;
  const container = chooseContainer(pod, snapshot.takenAt, containerName);
  if (container.kind === 'unknown')
    return { kind: 'unknown_container', pod, names: container.containers.map(({ name }) => name) };
  return {
    kind: 'target',
    pod,
    podReason: chosen.reason,
    otherPods: chosen.others,
    container: container.container,
    containerReason: container.reason,
    otherContainers: container.others,
  };
}
