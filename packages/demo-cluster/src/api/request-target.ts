import { findResource, type Resource } from '../store/resources.ts';

/** What a request is about, as the authoriser sees it. */
export type RequestTarget =
  | { readonly kind: 'path'; readonly verb: string; readonly path: string }
  | {
      readonly kind: 'resource';
      readonly verb: string;
      readonly group: string;
      readonly version: string;
      readonly plural: string;
      readonly subresource: string;
      readonly namespace: string;
      readonly name: string;
      /** Absent when the path names a resource that is not served. */
      readonly resource?: Resource;
    };

export type ResourceTarget = Extract<RequestTarget, { readonly kind: 'resource' }>;

const VERBS: Readonly<Record<string, string>> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** Reads method, path and query as the API server's RequestInfo does. */
export function parseRequestTarget(method: string, path: string, query: URLSearchParams): RequestTarget {
  const parts = path.split('/').filter((part) => part !== '');
  const rest = parts[0] === 'api' ? parts.slice(2) : parts.slice(3);
  const isApi = (parts[0] === 'api' && parts.length > 2) || (parts[0] === 'apis' && parts.length > 3);
  if (!isApi) return { kind: 'path', verb: method.toLowerCase(), path };
  const [group, version] = parts[0] === 'api' ? ['', parts[1] ?? ''] : [parts[1] ?? '', parts[2] ?? ''];
  const place = placeOf(rest.map(decodeURIComponent));
  const resource = findResource(group, version, place.plural);
  const verb = verbOf(method, place.name, query);
  return {
    kind: 'resource',
    verb,
    group,
    version,
    ...place,
    name: place.name === '' ? nameSelected(query) : place.name,
    ...(resource === undefined ? {} : { resource }),
  };
}

function placeOf(rest: readonly string[]): {
  plural: string;
  name: string;
  namespace: string;
  subresource: string;
} {
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = rest;
  const isNested = first === 'namespaces' && rest.length > 2 && third !== 'status' && third !== 'finalize';
  if (isNested) return { plural: third, name: fourth, namespace: second, subresource: fifth };
  const namespace = first === 'namespaces' ? second : '';
  return { plural: first, name: second, namespace, subresource: third };
}

function verbOf(method: string, name: string, query: URLSearchParams): string {
  if (method === 'GET' || method === 'HEAD') {
    const watch = query.get('watch');
    if (watch === 'true' || watch === '1') return 'watch';
    return name === '' ? 'list' : 'get';
  }
  if (method === 'DELETE' && name === '') return 'deletecollection';
  return VERBS[method] ?? method.toLowerCase();
}

function nameSelected(query: URLSearchParams): string {
  return /(?:^|,)metadata\.name==?([^,]+)/.exec(query.get('fieldSelector') ?? '')?.[1] ?? '';
}
