import { KINDS } from '@jamie/core';
import type { ResourcePath } from './parse-path.ts';

/** Query parameters of each kind of read. Whatever is not named here is refused, for example `follow`. */
export const READ_QUERIES = {
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
  log: new Set(['container', 'previous', 'tailLines', 'limitBytes']),
} as const;

export type ReadShape = keyof typeof READ_QUERIES;

const READABLE: ReadonlyMap<string, boolean> = new Map(
  Object.values(KINDS).map((kind) => [`${kind.group}/${kind.version}/${kind.plural}`, kind.namespaced]),
);
const READABLE_SUBRESOURCES: ReadonlyMap<string, ReadShape> = new Map([
  ['/v1/pods/log', 'log'],
  ['apps/v1/deployments/scale', 'get'],
  ['apps/v1/statefulsets/scale', 'get'],
]);

/**
 * Which kind of read a GET on this path is; undefined when we never read such a thing. The kinds of core's KINDS
 * and nothing else: no Secret, no exec, attach, portforward or proxy, whatever the API server would allow.
 */
export function readShapeOf(path: ResourcePath, isWatch: boolean): ReadShape | undefined {
  const resource = `${path.group}/${path.version}/${path.resource}`;
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
