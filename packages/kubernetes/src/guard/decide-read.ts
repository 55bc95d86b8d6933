import type { ApiRequest } from '../transport/api-request.ts';
import type { ResourcePath } from './parse-path.ts';
import { isReadQuery, readShapeOf } from './read-rules.ts';
import { type RequestDecision, refused } from './request-decision.ts';

/** Decides a GET. Without a path it asks for the description of the API itself. */
export function decideRead(request: ApiRequest, path: ResourcePath | undefined): RequestDecision {
  if (request.body !== undefined || request.contentType !== undefined) return refused('body_not_allowed');
  const query = request.query ?? {};
  if (path === undefined)
    return Object.keys(query).length === 0 ? { kind: 'read' } : refused('query_not_allowed');
  const shape = readShapeOf(path, query['watch'] !== undefined);
  if (shape === undefined) return refused('resource_not_allowed');
  return isReadQuery(shape, query) ? { kind: 'read' } : refused('query_not_allowed');
}
