import type { BlastRadius, ClusterSnapshot, KubeObject, PodView, WorkloadRef } from '@jamie/core';
import { readJsonPointer } from '@jamie/core';
import type { Compiled } from './compiled.ts';

/**
 * Who else feels a change: pods removed or replaced, their share of the namespace's ready pods, and the Services in
 * front of them. When pods could not be read the share is 1: unknown counts as everything.
 */
export function blastRadiusOf(
  compiled: Compiled,
  target: WorkloadRef,
  live: KubeObject,
  snapshot: ClusterSnapshot,
): BlastRadius {
  const podsAffected =
    compiled.effect === 'scale'
      ? Math.max(0, compiled.currentReplicas - compiled.wantedReplicas)
      : compiled.currentReplicas;
  const namespaceReadyPods = snapshot.objects.Pod.filter(
    (pod) => pod.namespace === target.namespace && isReady(pod),
  ).length;
  const isBlind = snapshot.unread.some((unread) => unread.kind === 'Pod');
  return {
    podsAffected,
    namespaceReadyPods,
    share: shareOf(podsAffected, namespaceReadyPods, isBlind),
    services: servicesInFrontOf(target, live, snapshot),
  };
}

function shareOf(podsAffected: number, readyPods: number, isBlind: boolean): number {
  if (podsAffected === 0) return 0;
  return isBlind || readyPods === 0 ? 1 : Math.min(1, podsAffected / readyPods);
}

function servicesInFrontOf(
  target: WorkloadRef,
  live: KubeObject,
  snapshot: ClusterSnapshot,
): readonly string[] {
  const labels = (readJsonPointer(live, '/spec/template/metadata/labels') ?? {}) as Readonly<
    Record<string, string>
  >;
  return snapshot.objects.Service.filter((service) => {
    const selector = Object.entries(service.selector);
    return (
      service.namespace === target.namespace &&
      selector.length > 0 &&
      selector.every(([key, value]) => labels[key] === value)
    );
  }).map((service) => service.name);
}

function isReady(pod: PodView): boolean {
  return pod.conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True');
}
