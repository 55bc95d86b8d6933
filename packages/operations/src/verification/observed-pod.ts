import type { KubeObject, PodView } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';

/** What verification needs to know of one pod. */
export interface ObservedPod {
  readonly isGoing: boolean;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Container restarts. */
  readonly restarts: number;
  /** What its containers wait for, for example "CrashLoopBackOff". */
  readonly waitingFor: readonly string[];
}

interface ContainerStatus {
  readonly restartCount?: number;
  readonly state?: { readonly waiting?: { readonly reason?: string } };
}

/** A pod as the API server sent it. */
export function podOfObject(pod: KubeObject): ObservedPod {
  const statuses = (['/status/initContainerStatuses', '/status/containerStatuses'] as const).flatMap(
    (pointer) => (readJsonPointer(pod, pointer) ?? []) as unknown as readonly ContainerStatus[],
  );
  return {
    isGoing: pod.metadata.deletionTimestamp !== undefined,
    createdAt: Date.parse(pod.metadata.creationTimestamp),
    restarts: statuses.reduce((sum, status) => sum + (status.restartCount ?? 0), 0),
    waitingFor: statuses.map((status) => status.state?.waiting?.reason ?? ''),
  };
}

/** A pod as the cache knows it. */
export function podOfView({ deletingSince, createdAt, containers }: PodView): ObservedPod {
  return {
    isGoing: deletingSince !== undefined,
    createdAt,
    restarts: containers.reduce((sum, { restartCount }) => sum + restartCount, 0),
    waitingFor: containers.map(({ state }) => (state.kind === 'waiting' ? state.reason : '')),
  };
}
