/** A request path taken apart. `discovery` are the paths that describe the API itself. */
export type ParsedPath =
  | { readonly kind: 'discovery' }
  | { readonly kind: 'resource'; readonly resource: ResourcePath }
  | { readonly kind: 'refused'; readonly reason: 'path_malformed' | 'path_unknown' };

export interface ResourcePath {
  readonly group: string;
  readonly version: string;
  readonly namespace?: string;
  /** Plural resource name. */
  readonly resource: string;
  readonly name?: string;
  readonly subresource?: string;
}

const SEGMENT = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
const VERSION = /^v[1-9]\d?(?:(?:alpha|beta)[1-9]\d?)?$/;
const DISCOVERY = new Set(['/version', '/readyz', '/api', '/apis', '/api/v1']);
const MAX_SEGMENT = 253;
const MAX_PATH = 2_048;

/**
 * Takes a path apart by the API server's own scheme. Total, and strict rather than clever: only lower-case DNS
 * names between single slashes exist, so that percent signs, dot segments, empty segments, upper case and
 * anything else that two parsers could read differently is refused. Nothing is decoded or normalised.
 */
export function parsePath(path: string): ParsedPath {
  if (path.length > MAX_PATH) return { kind: 'refused', reason: 'path_malformed' };
  if (DISCOVERY.has(path)) return { kind: 'discovery' };
  const [root, ...segments] = path.split('/');
  if (root !== '' || segments.length < 2 || !segments.every(isSegment))
    return { kind: 'refused', reason: 'path_malformed' };
  const [area, ...rest] = segments;
  if (area === 'api' && rest[0] === 'v1') return parseResource('', 'v1', rest.slice(1));
  if (area !== 'apis') return { kind: 'refused', reason: 'path_unknown' };
  const [group, version, ...tail] = rest;
  if (group === undefined || version === undefined || !VERSION.test(version)) {
    return { kind: 'refused', reason: 'path_unknown' };
  }
  return tail.length === 0 ? { kind: 'discovery' } : parseResource(group, version, tail);
}

function isSegment(segment: string): boolean {
  return segment.length <= MAX_SEGMENT && SEGMENT.test(segment);
}

function parseResource(group: string, version: string, segments: readonly string[]): ParsedPath {
  const isNamespaced = segments[0] === 'namespaces' && segments.length >= 3;
  const namespace = isNamespaced ? segments[1] : undefined;
  const [resource, name, subresource, ...more] = isNamespaced ? segments.slice(2) : segments;
  if (resource === undefined || more.length > 0) return { kind: 'refused', reason: 'path_unknown' };
  return {
    kind: 'resource',
    resource: {
      group,
      version,
      resource,
      ...(namespace === undefined ? {} : { namespace }),
      ...(name === undefined ? {} : { name }),
      ...(subresource === undefined ? {} : { subresource }),
    },
  };
}
