import { matchesLabelSelector } from '../api/label-selector.ts';
import type { Condition, Pod, ReplicaSet } from '../objects.ts';
import { parseTime } from '../time.ts';
import { createPod, deletePod, recordPodDeletion } from './pod-creation.ts';
import { findCondition, isPodActive, isPodReady } from './pod-readiness.ts';
import { ownedBy, setCondition, type World, writeStatus } from './world.ts';

const RETRY_MS = 300_000;

/** The timer that is set while a ReplicaSet waits before it asks again for a pod that was refused. */
export function retryTimerOf(set: ReplicaSet): string {
  return `replicaset-retry/${set.metadata.uid}`;
}

/** Brings the number of pods of one ReplicaSet to its wish, and its status to the truth. */
export function reconcileReplicaSet(world: World, set: ReplicaSet, retry: () => void): void {
  const before = ownedBy<Pod>(world, 'pods', set).filter(isPodActive);
  const refusal =
    set.metadata.deletionTimestamp === undefined ? adjust(world, set, before, retry) : undefined;
  const pods = ownedBy<Pod>(world, 'pods', set);
  writeStatus(world, set, statusOf(world, set, pods, refusal, retry));
}

function adjust(world: World, set: ReplicaSet, pods: readonly Pod[], retry: () => void): string | undefined {
  const missing = set.spec.replicas - pods.length;
  const refusedBefore = findCondition(set.status.conditions, 'ReplicaFailure')?.message;
  const isUnchanged = set.status.observedGeneration === set.metadata.generation;
  if (missing > 0 && isUnchanged && world.timers.has(retryTimerOf(set))) return refusedBefore;
  for (let count = 0; count < missing; count += 1) {
    const name = `${set.metadata.name}-${world.random.suffix(5)}`;
    const creation = createPod(world, set, set.spec.template, name);
    if (creation.kind === 'refused') {
      world.timers.set(retryTimerOf(set), world.after(RETRY_MS), retry);
      return creation.message;
    }
  }
  for (const pod of rankForDeletion(pods).slice(0, Math.max(0, -missing))) {
    deletePod(world, pod);
    recordPodDeletion(world, set, pod);
  }
  return undefined;
}

/** Unscheduled before scheduled, pending before running, not ready before ready, young before old. */
function rankForDeletion(pods: readonly Pod[]): readonly Pod[] {
  const rank = (pod: Pod): readonly number[] => [
    pod.spec.nodeName === undefined ? 0 : 1,
    pod.status.phase === 'Running' ? 1 : 0,
    isPodReady(pod) ? 1 : 0,
    -Number(pod.metadata.resourceVersion),
  ];
  return [...pods].sort((left, right) => {
    const rightRank = rank(right);
    const difference = rank(left).find((value, index) => value !== rightRank[index]);
    if (difference === undefined) return 0;
    const index = rank(left).indexOf(difference);
    return difference - (rightRank[index] ?? 0);
  });
}

function statusOf(
  world: World,
  set: ReplicaSet,
  pods: readonly Pod[],
  refusal: string | undefined,
  retry: () => void,
): ReplicaSet['status'] {
  const active = pods.filter(isPodActive);
  const ready = active.filter(isPodReady);
  const available = ready.filter((pod) => isAvailable(world, set, pod, retry)).length;
  const labels = set.spec.template.metadata?.labels ?? {};
  const labelled = active.filter((pod) => matchesLabelSelector({ matchLabels: labels }, pod.metadata.labels));
  const conditions = failureConditions(world, set, refusal);
  return {
    replicas: active.length,
    ...(active.length > 0 ? { fullyLabeledReplicas: labelled.length } : {}),
    ...(ready.length > 0 ? { readyReplicas: ready.length } : {}),
    ...(available > 0 ? { availableReplicas: available } : {}),
    terminatingReplicas: pods.filter((pod) => pod.metadata.deletionTimestamp !== undefined).length,
    observedGeneration: set.metadata.generation ?? 1,
    ...(conditions.length > 0 ? { conditions } : {}),
  };
}

function isAvailable(world: World, set: ReplicaSet, pod: Pod, retry: () => void): boolean {
  const minReadySeconds = set.spec.minReadySeconds ?? 0;
  if (minReadySeconds === 0) return true;
  const since = parseTime(findCondition(pod.status.conditions, 'Ready')?.lastTransitionTime ?? '');
  const dueAt = since + (world.after(minReadySeconds * 1000) - world.now());
  if (world.now() >= dueAt) return true;
  world.timers.set(`available/${pod.metadata.uid}`, dueAt, retry);
  return false;
}

function failureConditions(world: World, set: ReplicaSet, refusal: string | undefined): readonly Condition[] {
  const others = (set.status.conditions ?? []).filter((condition) => condition.type !== 'ReplicaFailure');
  if (refusal === undefined) return others;
  const known = (set.status.conditions ?? []).filter((condition) => condition.type === 'ReplicaFailure');
  const failure: Condition = {
    type: 'ReplicaFailure',
    status: 'True',
    reason: 'FailedCreate',
    message: refusal,
  };
  return [...others, ...setCondition(known, failure, world.now())];
}
