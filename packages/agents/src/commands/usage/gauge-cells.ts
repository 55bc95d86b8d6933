import {
  formatMemory,
  type Gauge,
  isNearLimit,
  type Resource,
  shareOf,
  type UsageRow,
} from '@jamie/analysis';

const NONE = '–';

/** `210m`, `1.2Gi`; a dash where there is nothing. */
export function formatAmount(resource: Resource, value: number | undefined): string {
  if (value === undefined) return NONE;
  return resource === 'cpu' ? `${Math.round(value)}m` : formatMemory(value);
}

/** `210m (42%)`: what is used, and its share of the limit or of what is allocatable. */
export function usedCell(resource: Resource, gauge: Gauge): string {
  const share = shareOf(gauge);
  const used = formatAmount(resource, gauge.used);
  return share === undefined ? used : `${used} (${percent(share)})`;
}

/** `100m / 500m`: the request and the limit. */
export function askedCell(resource: Resource, { requested, limit }: Gauge): string {
  return `${formatAmount(resource, requested)} / ${formatAmount(resource, limit)}`;
}

/** `300m (8%)`: what pods ask for, and its share of what is allocatable. */
export function requestedCell(resource: Resource, { requested, allocatable }: Gauge): string {
  const asked = formatAmount(resource, requested);
  if (requested === undefined || allocatable === undefined || allocatable <= 0) return asked;
  return `${asked} (${percent(requested / allocatable)})`;
}

/** What deserves a word: little left of a resource, or nothing measured. */
export function noteCell({ cpu, memory, unmeasured }: UsageRow): string {
  const near = nearWords({ cpu, memory });
  return [
    ...(near === '' ? [] : [`near its ${near}`]),
    ...(unmeasured === undefined ? [] : [`no sample: ${unmeasured}`]),
  ].join('; ');
}

/** `memory limit`, `CPU and memory limits`; on a node, what is allocatable. Nothing where there is room. */
export function nearWords({ cpu, memory }: Pick<UsageRow, 'cpu' | 'memory'>): string {
  const resources = [...(isNearLimit(cpu) ? ['CPU'] : []), ...(isNearLimit(memory) ? ['memory'] : [])];
  if (resources.length === 0) return '';
  return `${resources.join(' and ')} limit${resources.length > 1 ? 's' : ''}`;
}

/** `97%`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
