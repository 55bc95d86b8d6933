import type { ClusterReader, KubeObject, KubernetesIdentity, Step } from '@jamie/core';
import { isOpsError, readJsonPointer } from '@jamie/core';
import { isInEffect } from '../execution/compare-target.ts';
import { formatSelector } from '../planning/label-selector.ts';
import {
  availableReplicasOf,
  currentReplicasOf,
  observedGenerationOf,
  readyReplicasOf,
  updatedReplicasOf,
  wantedReplicasOf,
} from '../planning/replica-counts.ts';
import type { Observation } from './observation.ts';

/** Waiting reasons that a container does not leave by waiting longer. */
const CANNOT_START: ReadonlySet<string> = new Set([
  'CrashLoopBackOff',
  'ImagePullBackOff',
  'ErrImagePull',
  'ErrImageNeverPull',
  'InvalidImageName',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);

/** Pods this much older than the change still count as made by it: the clocks of two machines differ. */
const CLOCK_TOLERANCE_MS = 5_000;

/**
 * Looks at the target and its pods, as the requester. Never throws for what the cluster does: what cannot be seen, or
 * not any more, is `blind`.
 */
export async function observeTarget(
  reader: ClusterReader,
  step: Step,
  changedAt: number,
  as: KubernetesIdentity,
): Promise<Observation> {
  try {
    const workload = await reader.get(step.target.ref, as);
    const query = {
      ...(step.target.ref.namespace !== undefined && { namespace: step.target.ref.namespace }),
      labelSelector: formatSelector(readJsonPointer(workload, '/spec/selector')),
    };
    const pods = await reader.list('Pod', query, as);
    const alive = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined);
    return summarise(workload, alive, step, changedAt);
  } catch (error) {
    if (isOpsError(error)) return { kind: 'blind', why: error.userMessage ?? error.message };
    throw error;
  }
}

function summarise(
  workload: KubeObject,
  pods: readonly KubeObject[],
  step: Step,
  changedAt: number,
): Observation {
  const wanted = wantedReplicasOf(workload);
  const ready = readyReplicasOf(workload);
  const updated = updatedReplicasOf(workload);
  const isCurrent = observedGenerationOf(workload) >= (workload.metadata.generation ?? 0);
  const counts = [ready, updated, availableReplicasOf(workload), currentReplicasOf(workload)];
  return {
    kind: 'seen',
    complete: isCurrent && counts.every((count) => count === wanted) && pods.length === wanted,
    holds: workload.metadata.uid === step.target.uid && isInEffect(step, workload),
    wanted,
    ready,
    updated,
    restarts: pods.reduce((sum, pod) => sum + restartsOf(pod), 0),
    failing: failingOf(
      pods.filter((pod) => Date.parse(pod.metadata.creationTimestamp) >= changedAt - CLOCK_TOLERANCE_MS),
    ),
    deadlineExceeded: isCurrent && hasExceededDeadline(workload),
  };
}

interface ContainerStatus {
  readonly restartCount?: number;
  readonly state?: { readonly waiting?: { readonly reason?: string } };
}

function containerStatusesOf(pod: KubeObject): readonly ContainerStatus[] {
  return (['/status/initContainerStatuses', '/status/containerStatuses'] as const).flatMap(
    (pointer) => (readJsonPointer(pod, pointer) ?? []) as unknown as readonly ContainerStatus[],
  );
}

function restartsOf(pod: KubeObject): number {
  return containerStatusesOf(pod).reduce((sum, status) => sum + (status.restartCount ?? 0), 0);
}

function failingOf(pods: readonly KubeObject[]): { pods: number; reason: string } {
  const reasons = pods
    .map((pod) => containerStatusesOf(pod).map((status) => status.state?.waiting?.reason ?? ''))
    .map((waiting) => waiting.find((reason) => CANNOT_START.has(reason)))
    .filter((reason) => reason !== undefined);
  return { pods: reasons.length, reason: reasons[0] ?? '' };
}

function hasExceededDeadline(workload: KubeObject): boolean {
  const conditions = (readJsonPointer(workload, '/status/conditions') ?? []) as unknown as readonly {
    type: string;
    status: string;
    reason?: string;
  }[];
  return conditions.some(
    (condition) =>
      condition.type === 'Progressing' &&
      condition.status === 'False' &&
      condition.reason === 'ProgressDeadlineExceeded',
  );
}
