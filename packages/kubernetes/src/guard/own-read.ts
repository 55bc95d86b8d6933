import { KINDS, SNAPSHOT_KINDS } from '@jamie/core';
import type { ApiRequest } from '../transport/api-request.ts';
import { parsePath } from './parse-path.ts';

/** What the cache keeps: group, version and resource. */
const CACHED: ReadonlySet<string> = new Set(
  SNAPSHOT_KINDS.map((kind) => `${KINDS[kind].group}/${KINDS[kind].version}/${KINDS[kind].plural}`),
);

/**
 * Whether a GET is on the fixed list of what is read as the service itself: what its cache lists and watches in the
 * whole cluster, and the description of the API (version, discovery). Every other read is made for a person, as that
 * person. Pure.
 */
export function isOwnRead({ path }: ApiRequest): boolean {
  const parsed = parsePath(path);
  if (parsed.kind === 'refused') return false;
  if (parsed.kind !== 'resource') return true;
  const { group, version, resource, namespace, name, subresource } = parsed.resource;
  return (
    CACHED.has(`${group}/${version}/${resource}`) &&
    namespace === undefined &&
    name === undefined &&
    subresource === undefined
  );
}
