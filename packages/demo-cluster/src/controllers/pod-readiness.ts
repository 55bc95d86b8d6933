import type { Condition, Pod } from '../objects.ts';

export function isPodReady(pod: Pod): boolean {
  return findCondition(pod.status.conditions, 'Ready')?.status === 'True';
}

/** Neither finished nor being deleted: it counts towards its owner's replicas. */
export function isPodActive(pod: Pod): boolean {
  const isFinished = pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed';
  return !isFinished && pod.metadata.deletionTimestamp === undefined;
}

export function findCondition(
  conditions: readonly Condition[] | undefined,
  type: string,
): Condition | undefined {
  return conditions?.find((condition) => condition.type === type);
}
