import { KINDS, type KubernetesIdentity, type WorkloadKind, type WriteRequest } from '@jamie/core';
import type { ApiRequest } from '../transport/api-request.ts';
import { parsePatch } from './parse-patch.ts';
import { parsePath, type ResourcePath } from './parse-path.ts';
import { isReadQuery, readShapeOf } from './read-rules.ts';

export type RefusalReason =
  | 'path_malformed'
  | 'path_unknown'
  | 'method_not_allowed'
  | 'resource_not_allowed'
  | 'query_not_allowed'
  | 'body_not_allowed'
  | 'content_type_not_allowed'
  | 'body_malformed'
  | 'body_touches_forbidden_field'
  | 'protected_namespace'
  | 'precondition_missing'
  | 'identity_missing';

/** What a request is. A `write` still needs a permit; nothing else does. */
export type RequestDecision =
  | { readonly kind: 'read' }
  | { readonly kind: 'review' }
  | { readonly kind: 'dry_run'; readonly write: WriteRequest }
  | { readonly kind: 'write'; readonly write: WriteRequest; readonly as: KubernetesIdentity }
  | { readonly kind: 'refused'; readonly reason: RefusalReason };

export interface GuardRules {
  /** Namespaces where nothing is written, not even as a dry run. */
  readonly protectedNamespaces: ReadonlySet<string>;
}

export const FIELD_MANAGER = 'jamie-scarlet';
export const JSON_PATCH = 'application/json-patch+json';

const WRITABLE: Readonly<Record<string, WorkloadKind>> = {
  [KINDS.Deployment.plural]: 'Deployment',
  [KINDS.StatefulSet.plural]: 'StatefulSet',
  [KINDS.DaemonSet.plural]: 'DaemonSet',
};
const REVIEWS = new Set(['subjectaccessreviews', 'selfsubjectaccessreviews']);

/**
 * Decides what one HTTP request is, from nothing but the request itself. Pure and total, and an allow-list: a
 * shape that is not named here is refused, whoever built it.
 */
export function decideRequest(request: ApiRequest, rules: GuardRules): RequestDecision {
  const parsed = parsePath(request.path);
  if (parsed.kind === 'refused') return refused(parsed.reason);
  switch (request.method) {
    case 'GET':
      return decideRead(request, parsed.kind === 'resource' ? parsed.resource : undefined);
    case 'POST':
      return parsed.kind === 'resource'
        ? decideReview(request, parsed.resource)
        : refused('method_not_allowed');
    case 'PATCH':
      return parsed.kind === 'resource'
        ? decidePatch(request, parsed.resource, rules)
        : refused('method_not_allowed');
    default:
      return refused('method_not_allowed');
  }
}

function decideRead(request: ApiRequest, path: ResourcePath | undefined): RequestDecision {
  if (request.body !== undefined || request.contentType !== undefined) return refused('body_not_allowed');
  const query = request.query ?? {};
  if (path === undefined)
    return Object.keys(query).length === 0 ? { kind: 'read' } : refused('query_not_allowed');
  const shape = readShapeOf(path, query['watch'] !== undefined);
  if (shape === undefined) return refused('resource_not_allowed');
  return isReadQuery(shape, query) ? { kind: 'read' } : refused('query_not_allowed');
}

function decideReview(request: ApiRequest, path: ResourcePath): RequestDecision {
  const isReview =
    path.group === 'authorization.k8s.io' &&
    path.version === 'v1' &&
    path.namespace === undefined &&
    path.name === undefined &&
    REVIEWS.has(path.resource);
  if (!isReview) return refused('resource_not_allowed');
  if (Object.keys(request.query ?? {}).length > 0) return refused('query_not_allowed');
  if (request.contentType !== 'application/json') return refused('content_type_not_allowed');
  return typeof request.body === 'string' ? { kind: 'review' } : refused('body_malformed');
}

function decidePatch(request: ApiRequest, path: ResourcePath, rules: GuardRules): RequestDecision {
  const kind = Object.hasOwn(WRITABLE, path.resource) ? WRITABLE[path.resource] : undefined;
  const { namespace, name, subresource } = path;
  const isWritable =
    path.group === 'apps' && path.version === 'v1' && isSubresourceWritable(kind, subresource);
  if (kind === undefined || !isWritable || namespace === undefined || name === undefined) {
    return refused('resource_not_allowed');
  }
  if (rules.protectedNamespaces.has(namespace)) return refused('protected_namespace');
  if (request.contentType !== JSON_PATCH) return refused('content_type_not_allowed');
  if (!isWriteQuery(request.query ?? {})) return refused('query_not_allowed');
  if (typeof request.body !== 'string') return refused('body_malformed');
  const patch = parsePatch(request.body, subresource);
  if (patch.kind === 'refused') return refused(patch.reason);
  if (request.as === undefined) return refused('identity_missing');
  const write: WriteRequest = {
    verb: 'patch',
    target: { kind, namespace, name },
    ...(subresource === 'scale' ? { subresource } : {}),
    patch: patch.operations,
  };
  if (request.query?.['dryRun'] !== undefined) return { kind: 'dry_run', write };
  return patch.resourceVersion === undefined
    ? refused('precondition_missing')
    : { kind: 'write', write, as: request.as };
}

function isSubresourceWritable(kind: WorkloadKind | undefined, subresource: string | undefined): boolean {
  if (subresource === undefined) return true;
  return subresource === 'scale' && kind !== 'DaemonSet';
}

function isWriteQuery(query: Readonly<Record<string, string>>): boolean {
  return Object.entries(query).every(([key, value]) => {
    if (key === 'dryRun') return value === 'All';
    if (key === 'fieldManager') return value === FIELD_MANAGER;
    return key === 'fieldValidation' && value === 'Strict';
  });
}

function refused(reason: RefusalReason): RequestDecision {
  return { kind: 'refused', reason };
}
