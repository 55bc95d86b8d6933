import type { ConditionView, PodView } from '@jamie/core';

/** The condition of this type, if the object has one. */
export function findCondition(
  view: { readonly conditions: readonly ConditionView[] },
  type: string,
): ConditionView | undefined {
  return view.conditions.find((condition) => condition.type === type);
}

/** Whether a pod has run to its end: nothing starts it again, and what it asked for is free. */
export function hasEnded({ phase }: PodView): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

/** Whether a pod may receive traffic. */
export function isPodReady(pod: PodView): boolean {
  return findCondition(pod, 'Ready')?.status === 'True';
}
