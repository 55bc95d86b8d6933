import type { NodeView, PodView } from '@jamie/core';

/** What a cordon itself adds to the taints of a node. */
const CORDON_TAINT = 'node.kubernetes.io/unschedulable';

/** The cordoned nodes that carry the labels that a pod asks for and no other taint: uncordoned, they would take it. */
export function cordonedThatFit(nodes: readonly NodeView[], pod: PodView): readonly NodeView[] {
  return nodes.filter(
    (node) =>
      node.unschedulable &&
      node.deletingSince === undefined &&
      node.taints.every((taint) => taint.key === CORDON_TAINT || taint.effect === 'PreferNoSchedule') &&
      Object.entries(pod.nodeSelector).every(([key, value]) => node.labels[key] === value),
  );
}
