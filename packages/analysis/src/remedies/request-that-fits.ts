import type { NodeView, OperationRequest, PodView, WorkloadView } from '@jamie/core';
import { hasEnded } from '../snapshot/conditions.ts';
import { parseQuantity } from '../snapshot/quantities.ts';
import type { SnapshotIndex } from '../snapshot/snapshot-index.ts';

/** Of what a node has left, so much is asked for: other pods come and go. */
const SHARE_OF_FREE = 0.9;
const MEBIBYTE = 2 ** 20;

export type FittingRequest =
  | { readonly kind: 'propose'; readonly amount: string; readonly operation: OperationRequest }
  | {
      readonly kind: 'no';
      readonly reason: 'not_a_workload' | 'several_containers' | 'no_room' | 'no_measure';
    };

/**
 * Decides which request of CPU or memory a node could take that now takes none of the pods: nine tenths of the most that
 * any node has left. Only where one container asks for it all.
 */
export function requestThatFits(
  index: SnapshotIndex,
  workload: WorkloadView | undefined,
  pod: PodView,
  resource: string,
): FittingRequest {
  if (resource !== 'cpu' && resource !== 'memory') return { kind: 'no', reason: 'no_measure' };
  if (workload === undefined) return { kind: 'no', reason: 'not_a_workload' };
  const asking = pod.containers.filter((container) => container.requests[resource] !== undefined);
  const [container, ...others] = asking;
  if (container === undefined || others.length > 0) return { kind: 'no', reason: 'several_containers' };
  const suited = index.nodes.filter((node) => takes(node, pod));
  const free = Math.max(0, ...suited.map((node) => freeOf(index, node, resource))) * SHARE_OF_FREE;
  const amount = resource === 'cpu' ? toMillicores(free) : toMebibytes(free);
  if (amount === undefined) return { kind: 'no', reason: 'no_room' };
  const { kind, namespace, name } = workload;
  return {
    kind: 'propose',
    amount,
    operation: {
      kind: 'resize',
      target: { kind, namespace, name },
      container: container.name,
      requests: { [resource]: amount },
    },
  };
}

function takes(node: NodeView, pod: PodView): boolean {
  if (node.unschedulable || node.taints.some((taint) => taint.effect !== 'PreferNoSchedule')) return false;
  return Object.entries(pod.nodeSelector).every(([key, value]) => node.labels[key] === value);
}

function freeOf(index: SnapshotIndex, node: NodeView, resource: string): number {
  const taken = index.pods
    .filter((pod) => pod.nodeName === node.name && !hasEnded(pod))
    .flatMap((pod) => pod.containers)
    .reduce((sum, { requests }) => sum + amountOf(requests[resource]), 0);
  return amountOf(node.allocatable[resource]) - taken;
}

function amountOf(quantity: string | undefined): number {
  return (quantity === undefined ? undefined : parseQuantity(quantity)) ?? 0;
}

/** Whole tenths of a core, as people write them. */
function toMillicores(cores: number): string | undefined {
  const millicores = Math.floor(cores * 10) * 100;
  return millicores < 100 ? undefined : `${millicores}m`;
}

function toMebibytes(bytes: number): string | undefined {
  const mebibytes = Math.floor(bytes / MEBIBYTE);
  return mebibytes < 1 ? undefined : `${mebibytes}Mi`;
}
