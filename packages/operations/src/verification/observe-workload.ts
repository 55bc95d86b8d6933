import type { KubeObject } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import {
  availableReplicasOf,
  currentReplicasOf,
  observedGenerationOf,
  readyReplicasOf,
  updatedReplicasOf,
  wantedReplicasOf,
} from '../planning/replica-counts.ts';
import { CHANGED_BY_OTHERS, type Observation, type PodCounts } from './observation.ts';
import type { ObservedPod } from './observed-pod.ts';
import type { TargetReader } from './read-as.ts';
import type { Subject } from './subjects.ts';

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

/** Looks at a workload and its pods. Fails like the reader. */
export async function observeWorkload(
  reader: TargetReader,
  { ref, isOptional }: Extract<Subject, { kind: 'workload' }>,
  changedAt: number,
): Promise<Observation> {
  const workload = await reader.find(ref);
  if (workload === undefined) {
    const seen = { kind: 'seen', complete: isOptional, said: [] } as const;
    return isOptional ? seen : { ...seen, changed: CHANGED_BY_OTHERS };
  }
  const pods = await reader.listPods(ref.namespace, readJsonPointer(workload, '/spec/selector'));
  return summarise(
    workload,
    pods.filter(({ isGoing }) => !isGoing),
    changedAt,
  );
}

function summarise(workload: KubeObject, pods: readonly ObservedPod[], changedAt: number): Observation {
  const wanted = wantedReplicasOf(workload);
  const ready = readyReplicasOf(workload);
  const isCurrent = observedGenerationOf(workload) >= (workload.metadata.generation ?? 0);
  const counts = [
    ready,
    updatedReplicasOf(workload),
    availableReplicasOf(workload),
    currentReplicasOf(workload),
  ];
  return {
    kind: 'seen',
    complete: isCurrent && counts.every((count) => count === wanted) && pods.length === wanted,
    pods: {
      wanted,
      ready,
      restarts: pods.reduce((sum, { restarts }) => sum + restarts, 0),
      failing: failingOf(pods.filter(({ createdAt }) => createdAt >= changedAt - CLOCK_TOLERANCE_MS)),
    },
    said: [],
    ...(isCurrent &&
      hasExceededDeadline(workload) && { failure: 'the rollout exceeded its progress deadline' }),
  };
}

function failingOf(pods: readonly ObservedPod[]): PodCounts['failing'] {
  const reasons = pods
    .map(({ waitingFor }) => waitingFor.find((reason) => CANNOT_START.has(reason)))
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
