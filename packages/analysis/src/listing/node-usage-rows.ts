import type { NodeView, PodView, UsageSample } from '@jamie/core';
import { hasEnded } from '../snapshot/conditions.ts';
import { amount, type Gauge, gaugesOf, type Resource, sorted, type UsageRow } from './usage-rows.ts';

/** A node with what it uses, what its pods ask for, and what they may have. */
export interface NodeUsageRow extends UsageRow {
  /** Pods that are not over; absent where pods could not be read. */
  readonly pods?: number;
}

/** Nodes with their usage, the busiest first. `pods` undefined: nobody may see them. Pure. */
export function nodeUsageRows(
  nodes: readonly NodeView[],
  pods: readonly PodView[] | undefined,
  samples: readonly UsageSample[] | undefined,
  by: Resource,
): readonly NodeUsageRow[] {
  const byName = new Map(samples?.map((sample) => [sample.name, sample]));
  const live = pods?.filter((pod) => !hasEnded(pod));
  const rows = nodes.map(({ name, allocatable }): NodeUsageRow => {
    const here = live?.filter(({ nodeName }) => nodeName === name);
    const asked = here?.map(({ containers }) => gaugesOf(containers, undefined)) ?? [];
    const sample = byName.get(name);
    return {
      namespace: '',
      name,
      cpu: gauge(
        sample?.cpuMillicores,
        here && total(asked.map(({ cpu }) => cpu)),
        amount(allocatable, 'cpu', 1_000),
      ),
      memory: gauge(
        sample?.memoryBytes,
        here && total(asked.map(({ memory }) => memory)),
        amount(allocatable, 'memory', 1),
      ),
      ...(here !== undefined && { pods: here.length }),
      ...(samples !== undefined && sample === undefined && { unmeasured: 'no sample' }),
    };
  });
  return sorted(rows, by);
}

function gauge(used?: number, requested?: number, allocatable?: number): Gauge {
  return {
    ...(used !== undefined && { used }),
    ...(requested !== undefined && { requested }),
    ...(allocatable !== undefined && { allocatable }),
  };
}

function total(gauges: readonly Gauge[]): number {
  return gauges.reduce((sum, { requested = 0 }) => sum + requested, 0);
}
