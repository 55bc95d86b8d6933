import { KINDS } from '@jamie/core';
import type { ResourcePath } from './parse-path.ts';

/** Query parameters of each kind of read. Whatever is not named here is refused, for example `follow`. */
const READ_QUERIES = {
  get: new Set<string>(),
  list: new Set([
    'limit',
    'continue',
    'labelSelector',
    'fieldSelector',
    'resourceVersion',
    'resourceVersionMatch',
  ]),
  watch: new Set([
    'watch',
    'allowWatchBookmarks',
    'resourceVersion',
    'timeoutSeconds',
    'labelSelector',
    'fieldSelector',
  ]),
  log: new Set(['container', 'previous', 'tailLines', 'limitBytes', 'sinceSeconds', 'timestamps']),
  usage: new Set<string>(),
} as const;

/** Parameters that are there to switch something on. */
const SWITCHES = new Set(['watch', 'previous', 'timestamps']);

export type ReadShape = keyof typeof READ_QUERIES;

const READABLE: ReadonlyMap<string, boolean> = new Map(
  Object.values(KINDS).map((kind) => [`${kind.group}/${kind.version}/${kind.plural}`, kind.namespaced]),
);
const READABLE_SUBRESOURCES: ReadonlyMap<string, ReadShape> = new Map([
  ['/v1/pods/log', 'log'],
  ['apps/v1/deployments/scale', 'get'],
  ['apps/v1/statefulsets/scale', 'get'],
]);

/** What metrics.k8s.io serves, and whether it has a namespace. Only ever listed, never watched. */
const MEASURED: ReadonlyMap<string, boolean> = new Map([
  ['metrics.k8s.io/v1beta1/pods', true],
  ['metrics.k8s.io/v1beta1/nodes', false],
]);

/** Whether a read of this shape may carry this query. */
export function isReadQuery(shape: ReadShape, query: Readonly<Record<string, string>>): boolean {
  return Object.entries(query).every(
    ([key, value]) => READ_QUERIES[shape].has(key) && (!SWITCHES.has(key) || value === 'true'),
  );
}

/**
 * Which kind of read a GET on this path is; undefined when we never read such a thing. The kinds of core's KINDS, what
 * metrics.k8s.io measures, and nothing else: no Secret, no exec, attach, portforward or proxy, whatever the API server would allow.
 */
export function readShapeOf(path: ResourcePath, isWatch: boolean): ReadShape | undefined {
  const resource = `${path.group}/${path.version}/${path.resource}`;
  if (MEASURED.has(resource)) return isUsageList(path, isWatch) ? 'usage' : undefined;
  const isNamespaced = READABLE.get(resource);
  if (isNamespaced === undefined) return undefined;
  if (!isNamespaced && path.namespace !== undefined) return undefined;
  if (path.name === undefined) return isWatch ? 'watch' : 'list';
  if (isNamespaced && path.namespace === undefined) return undefined;
  if (isWatch) return undefined;
  return path.subresource === undefined
    ? 'get'
    : READABLE_SUBRESOURCES.get(`${resource}/${path.subresource}`);
}

function isUsageList(path: ResourcePath, isWatch: boolean): boolean {
  const isNamespaced = MEASURED.get(`${path.group}/${path.version}/${path.resource}`) === true;
  return !isWatch && path.name === undefined && (isNamespaced || path.namespace === undefined);
}
