/**
 * How the fields of the served kinds merge, as the OpenAPI schema of Kubernetes 1.36 says with
 * x-kubernetes-list-type and x-kubernetes-map-type. A place is the names on the way to a field, joined by dots, with
 * `[]` for an element of a list: `spec.template.spec.containers[].env`.
 */
const KEYED: readonly (readonly [RegExp, readonly string[]])[] = [
  [/(^|\.)(containers|initContainers)$/, ['name']],
  [/(containers|initContainers)\[\]\.env$/i, ['name']],
  [/(containers|initContainers)\[\]\.ports$/i, ['containerPort', 'protocol']],
  [/(containers|initContainers)\[\]\.volumeMounts$/i, ['mountPath']],
  [/(^|\.)spec\.volumes$/, ['name']],
  [/^spec\.ports$/, ['port', 'protocol']],
  [/^status\.conditions$/, ['type']],
  [/^metadata\.ownerReferences$/, ['uid']],
];

/** Lists that a real API server merges by key and this one does not: an apply that holds one is refused. */
const UNSUPPORTED_LISTS = new Set([
  ...['ephemeralContainers', 'imagePullSecrets', 'hostAliases', 'topologySpreadConstraints'],
  ...['volumeDevices', 'claims', 'resourceClaims', 'schedulingGates', 'podIPs', 'addresses', 'podCIDRs'],
]);

const ATOMIC_MAPS = new Set([
  ...['selector', 'nodeSelector', 'labelSelector', 'namespaceSelector', 'targetRef', 'involvedObject'],
  ...['configMapKeyRef', 'secretKeyRef', 'fieldRef', 'resourceFieldRef', 'dataSource', 'dataSourceRef'],
  'requiredDuringSchedulingIgnoredDuringExecution',
  'podSelector',
]);

/** Members of Go structs, which are there even when they are empty: nobody owns the struct itself. */
const ALWAYS_THERE = new Set([
  'metadata',
  'spec',
  'status',
  'strategy',
  'template',
  'jobTemplate',
  'containers',
]);
const DEFAULT_KEYS: Readonly<Record<string, unknown>> = { protocol: 'TCP' };
const SERVER_OWNED = new Set([
  ...['apiVersion', 'kind', 'metadata.name', 'metadata.namespace', 'metadata.uid', 'metadata.generateName'],
  ...['metadata.resourceVersion', 'metadata.generation', 'metadata.creationTimestamp', 'metadata.selfLink'],
  ...['metadata.managedFields', 'metadata.deletionTimestamp', 'metadata.deletionGracePeriodSeconds'],
]);

/** One part of a value: its element in a `fieldsV1` path, its value and its place. */
export interface Part {
  readonly element: string;
  readonly value: unknown;
  readonly place: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** The parts of a value that have owners of their own; undefined for what is owned as a whole. */
export function partsOf(value: unknown, place: string): readonly Part[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return elementsOf(value, place);
  const isAtomic = ATOMIC_MAPS.has(lastName(place)) || place === 'metadata.ownerReferences[]';
  if (isAtomic) return undefined;
  const prefix = place === '' ? '' : `${place}.`;
  return Object.entries(value)
    .filter(([name, part]) => part !== undefined && !SERVER_OWNED.has(`${prefix}${name}`))
    .map(([name, part]) => ({ element: `f:${name}`, value: part, place: `${prefix}${name}` }));
}

function elementsOf(list: readonly unknown[], place: string): readonly Part[] | undefined {
  if (place === 'metadata.finalizers') {
    return list.map((value) => ({ element: `v:${JSON.stringify(value)}`, value, place: `${place}[]` }));
  }
  const keys = keysOf(place);
  if (keys === undefined) return undefined;
  const parts = list.flatMap((value) => {
    const element = elementOf(value, keys);
    return element === undefined ? [] : [{ element, value, place: `${place}[]` }];
  });
  return parts.length === list.length ? parts : undefined;
}

/** The fields that tell the elements of a list apart, or undefined when the list is one value. */
export function keysOf(place: string): readonly string[] | undefined {
  return KEYED.find(([pattern]) => pattern.test(place))?.[1];
}

function elementOf(value: unknown, keys: readonly string[]): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = keys.map((key) => [key, (value as Fields)[key] ?? DEFAULT_KEYS[key]] as const);
  if (entries.some(([, part]) => part === undefined)) return undefined;
  return `k:${JSON.stringify(Object.fromEntries(entries))}`;
}

/** Whether a list at this place merges by keys on a real API server, and does not here. */
export function isUnsupportedList(place: string): boolean {
  return UNSUPPORTED_LISTS.has(lastName(place));
}

/** Whether the field itself, beside its parts, gets an owner when it is added. */
export function hasOwner(place: string): boolean {
  return !ALWAYS_THERE.has(lastName(place));
}

function lastName(place: string): string {
  return place.slice(place.lastIndexOf('.') + 1);
}
