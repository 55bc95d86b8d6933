import type { BlastRadius, ClusterSnapshot, PodView } from '@jamie/core';
import type { StepFacts } from './step-draft.ts';

/**
 * Who else feels a change: pods removed or replaced, the share that the ready ones of them have of their namespace's
 * ready pods, and the Services in front of them. A pod that is not ready serves nobody. Over several namespaces the
 * counts are sums and the share is the largest. When pods could not be read the share is 1: unknown counts as everything.
 */
export function blastRadiusOf(facts: readonly StepFacts[], snapshot: ClusterSnapshot): BlastRadius {
  const isBlind = snapshot.unread.some((unread) => unread.kind === 'Pod');
  const namespaces = [...new Set(facts.flatMap(({ effect }) => effect.target.namespace ?? []))];
  const each = namespaces.map((namespace) => {
    const here = facts.filter(({ effect }) => effect.target.namespace === namespace);
    const podsAffected = sum(here.map((fact) => fact.podsAffected));
    const readyAffected = sum(here.map((fact) => fact.readyPodsAffected ?? fact.podsAffected));
    const readyPods = snapshot.objects.Pod.filter(
      (pod) => pod.namespace === namespace && isReady(pod),
    ).length;
    return { podsAffected, readyPods, share: shareOf(readyAffected, readyPods, isBlind) };
  });
  return {
    podsAffected: sum(each.map(({ podsAffected }) => podsAffected)),
    namespaceReadyPods: sum(each.map(({ readyPods }) => readyPods)),
    share: Math.max(0, ...each.map(({ share }) => share)),
    services: [...new Set(facts.flatMap((fact) => servicesInFrontOf(fact, snapshot)))],
  };
}

function shareOf(readyAffected: number, readyPods: number, isBlind: boolean): number {
  if (readyAffected === 0) return 0;
  return isBlind || readyPods === 0 ? 1 : Math.min(1, readyAffected / readyPods);
}

function servicesInFrontOf({ effect, podLabels }: StepFacts, snapshot: ClusterSnapshot): readonly string[] {
  return snapshot.objects.Service.filter((service) => {
    const selector = Object.entries(service.selector);
    return (
      service.namespace === effect.target.namespace &&
      selector.length > 0 &&
      selector.every(([key, value]) => podLabels[key] === value)
    );
  }).map((service) => service.name);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function isReady(pod: PodView): boolean {
  return pod.conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True');
}
