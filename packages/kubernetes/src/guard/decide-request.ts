import type { ApiRequest } from '../transport/api-request.ts';
import { decideApply } from './decide-apply.ts';
import { decideCreate } from './decide-create.ts';
import { decideDelete } from './decide-delete.ts';
import { decideEvict } from './decide-evict.ts';
import { decidePatch } from './decide-patch.ts';
import { decideRead } from './decide-read.ts';
import { decideReview, isReviewPath } from './decide-review.ts';
import { APPLY_PATCH, JSON_BODY, JSON_PATCH } from './format-write.ts';
import { parsePath, type ResourcePath } from './parse-path.ts';
import { type GuardRules, type RequestDecision, refused } from './request-decision.ts';

/**
 * Decides what one HTTP request is, from nothing but the request itself. Pure and total, and an allow-list: a
 * shape that is not named here is refused, whoever built it.
 */
export function decideRequest(request: ApiRequest, rules: GuardRules): RequestDecision {
  const parsed = parsePath(request.path);
  if (parsed.kind === 'refused') return refused(parsed.reason);
  if (request.method === 'GET')
    return decideRead(request, parsed.kind === 'resource' ? parsed.resource : undefined);
  if (parsed.kind !== 'resource') return refused('method_not_allowed');
  switch (request.method) {
    case 'POST':
      return decidePost(request, parsed.resource, rules);
    case 'PATCH':
      return decideEitherPatch(request, parsed.resource, rules);
    case 'DELETE':
      if (request.contentType !== JSON_BODY) return refused('content_type_not_allowed');
      return decideDelete(request, parsed.resource, rules);
    default:
      return refused('method_not_allowed');
  }
}

function decidePost(request: ApiRequest, path: ResourcePath, rules: GuardRules): RequestDecision {
  if (isReviewPath(path)) return decideReview(request);
  if (request.contentType !== JSON_BODY) return refused('content_type_not_allowed');
  return path.subresource === 'eviction'
    ? decideEvict(request, path, rules)
    : decideCreate(request, path, rules);
}

function decideEitherPatch(request: ApiRequest, path: ResourcePath, rules: GuardRules): RequestDecision {
  if (request.contentType === JSON_PATCH) return decidePatch(request, path, rules);
  return request.contentType === APPLY_PATCH
    ? decideApply(request, path, rules)
    : refused('content_type_not_allowed');
}
