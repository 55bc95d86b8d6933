import type { NodeView, PodView } from '@jamie/core';
import { isPodReady } from './conditions.ts';
import { oncePerSnapshot } from './once-per-snapshot.ts';
import type { SnapshotIndex } from './snapshot-index.ts';

const podsByNode = oncePerSnapshot((index: SnapshotIndex): ReadonlyMap<string, readonly PodView[]> => {
  const byNode = new Map<string, PodView[]>();
  for (const pod of [...index.pods, ...index.terminatingPods]) {
    const pods = byNode.get(pod.nodeName);
    if (pods === undefined) byNode.set(pod.nodeName, [pod]);
    else pods.push(pod);
  }
  return byNode;
});

/** The pods that are bound to a node, those already on their way out last. */
export function podsOn(index: SnapshotIndex, node: NodeView): readonly PodView[] {
  return podsByNode(index).get(node.name) ?? [];
}

/** Pods that stopped being ready with their node, those already on their way out included. */
export function failingPodsOn(index: SnapshotIndex, node: NodeView): readonly PodView[] {
  return podsOn(index, node).filter((pod) => pod.phase !== 'Succeeded' && !isPodReady(pod));
}
