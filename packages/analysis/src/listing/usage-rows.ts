import type { ContainerView, PodView, UsageSample } from '@jamie/core';
import { hasEnded } from '../snapshot/conditions.ts';
import { parseQuantity } from '../snapshot/quantities.ts';
import { compareNumbers, compareText } from '../snapshot/stable-order.ts';
import { podStatus } from './pod-status.ts';

export type Resource = 'cpu' | 'memory';

/** One resource of a pod, container or node: CPU in millicores, memory in bytes. Absent: not measured, or not set. */
export interface Gauge {
  readonly used?: number;
  readonly requested?: number;
  readonly limit?: number;
  /** Of a node: what pods may have. */
  readonly allocatable?: number;
}

/** A pod or one of its containers, with what it uses, asks for and may have. */
export interface UsageRow {
  readonly namespace: string;
  readonly name: string;
  readonly cpu: Gauge;
  readonly memory: Gauge;
  /** The pod's status where there is no sample: a container that waits uses nothing that could be measured. */
  readonly unmeasured?: string;
}

/** From here on usage is near its limit: little is left before the kernel kills, or throttles. */
const NEAR = 0.9;

/** Pods with their usage, the one that uses most first. Without samples: the one that asks for most. Pure. */
export function podUsageRows(
  pods: readonly PodView[],
  samples: readonly UsageSample[] | undefined,
  by: Resource,
): readonly UsageRow[] {
  const byName = new Map(samples?.map((sample) => [`${sample.namespace}/${sample.name}`, sample]));
  const rows = pods
    .filter((pod) => !hasEnded(pod))
    .map((pod): UsageRow => {
      const { namespace, name } = pod;
      const gauges = gaugesOf(pod.containers, byName.get(`${namespace}/${name}`));
      const isMissing = samples !== undefined && !byName.has(`${namespace}/${name}`);
      return { namespace, name, ...gauges, ...(isMissing && { unmeasured: podStatus(pod) }) };
    });
  return sorted(rows, by);
}

/** The containers of one pod with their usage, the one that uses most first. Pure. */
export function containerUsageRows(
  pod: PodView,
  samples: readonly UsageSample[] | undefined,
  by: Resource,
): readonly UsageRow[] {
  const sample = samples?.find(({ namespace, name }) => namespace === pod.namespace && name === pod.name);
  const used = new Map(sample?.containers.map((container) => [container.name, container]));
  const rows = pod.containers
    .filter(({ isInit, name }) => !isInit || used.has(name))
    .map((container): UsageRow => {
      const own = used.get(container.name);
      const isMissing = samples !== undefined && own === undefined;
      return {
        namespace: pod.namespace,
        name: container.name,
        ...gaugesOf([container], own),
        ...(isMissing && { unmeasured: podStatus(pod) }),
      };
    });
  return sorted(rows, by);
}

/** Usage as a share of the limit (of a node: of what is allocatable); without one, undefined. */
export function shareOf({ used, limit, allocatable }: Gauge): number | undefined {
  const most = limit ?? allocatable;
  return used === undefined || most === undefined || most <= 0 ? undefined : used / most;
}

/** Whether little is left. */
export function isNearLimit(gauge: Gauge): boolean {
  return (shareOf(gauge) ?? 0) >= NEAR;
}

/** Rows by what they use of a resource; what is not measured comes last, by what it asks for. */
export function sorted<Row extends UsageRow>(rows: readonly Row[], by: Resource): readonly Row[] {
  return [...rows].sort(
    (left, right) =>
      compareNumbers(right[by].used ?? -1, left[by].used ?? -1) ||
      compareNumbers(right[by].requested ?? -1, left[by].requested ?? -1) ||
      compareText(left.namespace, right.namespace) ||
      compareText(left.name, right.name),
  );
}

type Used = Pick<UsageSample, 'cpuMillicores' | 'memoryBytes'> | undefined;

/** Sums what containers ask for and may have. A limit counts only where every container has one. */
export function gaugesOf(
  containers: readonly Pick<ContainerView, 'isInit' | 'requests' | 'limits'>[],
  used: Used,
): { readonly cpu: Gauge; readonly memory: Gauge } {
  const counted = containers.length === 1 ? containers : containers.filter(({ isInit }) => !isInit);
  return {
    cpu: gaugeOf(counted, 'cpu', used?.cpuMillicores, 1_000),
    memory: gaugeOf(counted, 'memory', used?.memoryBytes, 1),
  };
}

function gaugeOf(
  containers: readonly Pick<ContainerView, 'requests' | 'limits'>[],
  resource: Resource,
  used: number | undefined,
  unit: number,
): Gauge {
  const requests = containers.flatMap(({ requests: given }) => amount(given, resource, unit) ?? []);
  const limits = containers.flatMap(({ limits: given }) => amount(given, resource, unit) ?? []);
  return {
    ...(used !== undefined && { used }),
    ...(requests.length > 0 && { requested: sum(requests) }),
    ...(limits.length > 0 && limits.length === containers.length && { limit: sum(limits) }),
  };
}

/** A quantity in millicores or bytes; undefined where it is not given or is none. */
export function amount(
  quantities: Readonly<Record<string, string>>,
  resource: string,
  unit: number,
): number | undefined {
  const text = Object.hasOwn(quantities, resource) ? quantities[resource] : undefined;
  const value = text === undefined ? undefined : parseQuantity(text);
  return value === undefined || value < 0 ? undefined : value * unit;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
