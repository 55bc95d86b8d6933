import type { ContainerSpecView, HorizontalPodAutoscalerView, WorkloadView } from '@jamie/core';
import { oncePerSnapshot } from '../../snapshot/once-per-snapshot.ts';
import { parseQuantity } from '../../snapshot/quantities.ts';
import type { SnapshotIndex } from '../../snapshot/snapshot-index.ts';
import { liveAutoscalers, scaleTargetOf } from './scale-target.ts';

export const BURST_RESOURCES = ['cpu', 'memory'] as const;
export type BurstResource = (typeof BURST_RESOURCES)[number];

/** What an autoscaler at its maximum would add to the requests on the nodes, in cores and bytes. */
export interface Burst {
  readonly scaler: HorizontalPodAutoscalerView;
  readonly workload: WorkloadView;
  readonly additional: Readonly<Record<BurstResource, number>>;
}

export interface BurstCapacity {
  readonly bursts: readonly Burst[];
  /** What the nodes that take pods have in all, and what pods request of it now. */
  readonly allocatable: Readonly<Record<BurstResource, number>>;
  readonly requested: Readonly<Record<BurstResource, number>>;
}

/** What autoscalers may ask of the nodes. Usage is not counted: the scheduler goes by requests. */
export const burstCapacityOf = oncePerSnapshot((index: SnapshotIndex): BurstCapacity => {
  const running = index.pods.filter(({ phase }) => phase !== 'Succeeded' && phase !== 'Failed');
  const total = (resource: BurstResource) =>
    running.reduce((sum, pod) => sum + requestOf(pod.spec.containers, resource), 0);
  const room = (resource: BurstResource) =>
    index.nodes
      .filter((node) => !node.unschedulable)
      .reduce((sum, node) => sum + (parseQuantity(node.allocatable[resource] ?? '') ?? 0), 0);
  return {
    bursts: liveAutoscalers(index).flatMap((scaler) => burstOf(index, scaler)),
    allocatable: { cpu: room('cpu'), memory: room('memory') },
    requested: { cpu: total('cpu'), memory: total('memory') },
  };
});

function burstOf(index: SnapshotIndex, scaler: HorizontalPodAutoscalerView): readonly Burst[] {
  const target = scaleTargetOf(index, scaler);
  if (target.kind !== 'workload') return [];
  const { workload } = target;
  const more = Math.max(0, scaler.maxReplicas - index.podsOf(workload).length);
  const { containers } = workload.template.spec;
  const additional = {
    cpu: more * requestOf(containers, 'cpu'),
    memory: more * requestOf(containers, 'memory'),
  };
  return [{ scaler, workload, additional }];
}

function requestOf(containers: readonly ContainerSpecView[], resource: BurstResource): number {
  return containers
    .filter(({ isInit }) => !isInit)
    .reduce((sum, { requests }) => sum + (parseQuantity(requests[resource] ?? '') ?? 0), 0);
}
