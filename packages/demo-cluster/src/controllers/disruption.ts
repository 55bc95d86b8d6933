import { matchesLabelSelector } from '../api/label-selector.ts';
import type { Pod, PodDisruptionBudget } from '../objects.ts';
import { isPodActive, isPodReady } from './pod-readiness.ts';
import { setCondition, type World, writeStatus } from './world.ts';

/** Keeps the budgets of a namespace true: how many healthy pods they cover, and how many may go. */
export function reconcileBudgets(world: World, namespace: string): void {
  for (const object of world.store.list('poddisruptionbudgets', namespace)) {
    const budget = object as PodDisruptionBudget;
    const selector = budget.spec.selector ?? {};
    const pods = (world.store.list('pods', namespace) as readonly Pod[]).filter(
      (pod) => isPodActive(pod) && matchesLabelSelector(selector, pod.metadata.labels),
    );
    const healthy = pods.filter(isPodReady).length;
    const desired = desiredHealthy(budget, pods.length);
    const allowed = Math.max(0, healthy - desired);
    const conditions = setCondition(
      (budget.status['conditions'] ?? []) as Parameters<typeof setCondition>[0],
      {
        type: 'DisruptionAllowed',
        status: allowed > 0 ? 'True' : 'False',
        reason: allowed > 0 ? 'SufficientPods' : 'InsufficientPods',
        message: '',
        observedGeneration: budget.metadata.generation ?? 1,
      },
      world.now(),
    );
    writeStatus(world, budget, {
      observedGeneration: budget.metadata.generation ?? 1,
      disruptionsAllowed: allowed,
      currentHealthy: healthy,
      desiredHealthy: desired,
      expectedPods: pods.length,
      conditions,
    });
  }
}

function desiredHealthy(budget: PodDisruptionBudget, expected: number): number {
  const { minAvailable, maxUnavailable } = budget.spec;
  const resolve = (value: number | string): number =>
    typeof value === 'number' ? value : Math.ceil((Number.parseFloat(value) * expected) / 100);
  if (maxUnavailable !== undefined) return Math.max(0, expected - resolve(maxUnavailable));
  return resolve(minAvailable ?? 1);
}
