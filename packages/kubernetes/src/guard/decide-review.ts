import type { ApiRequest } from '../transport/api-request.ts';
import { JSON_BODY } from './format-write.ts';
import type { ResourcePath } from './parse-path.ts';
import { type RequestDecision, refused } from './request-decision.ts';

const REVIEWS = new Set(['subjectaccessreviews', 'selfsubjectaccessreviews']);

/** Whether a path is that of an access review: a POST that asks and stores nothing. */
export function isReviewPath(path: ResourcePath): boolean {
  return (
    path.group === 'authorization.k8s.io' &&
    path.version === 'v1' &&
    path.namespace === undefined &&
    path.name === undefined &&
    REVIEWS.has(path.resource)
  );
}

/** Decides a POST to an access review. */
export function decideReview(request: ApiRequest): RequestDecision {
  if (Object.keys(request.query ?? {}).length > 0) return refused('query_not_allowed');
  if (request.contentType !== JSON_BODY) return refused('content_type_not_allowed');
  return typeof request.body === 'string' ? { kind: 'review' } : refused('body_malformed');
}
