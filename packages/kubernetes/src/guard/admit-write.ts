import { isOpsError, type WriteRequest } from '@jamie/core';
import type { ApiRequest } from '../transport/api-request.ts';
import { formatWrite, type WriteManner } from './format-write.ts';
import { type GuardRules, type RequestDecision, refused } from './request-decision.ts';

/**
 * The last word on every write: not in a protected namespace, always as somebody, and spelt exactly as the writer
 * spells the request that was read from it.
 */
export function admitWrite(
  request: ApiRequest,
  write: WriteRequest,
  manner: WriteManner,
  rules: GuardRules,
): RequestDecision {
  const { namespace } = write.target;
  if (namespace !== undefined && rules.protectedNamespaces.has(namespace))
    return refused('protected_namespace');
  if (request.as === undefined) return refused('identity_missing');
  if (!isOurSpelling(request, write, manner)) return refused('spelling_not_ours');
  return manner.dryRun ? { kind: 'dry_run', write } : { kind: 'write', write, as: request.as };
}

function isOurSpelling(request: ApiRequest, write: WriteRequest, manner: WriteManner): boolean {
  const query = request.query ?? {};
  try {
    const ours = formatWrite(write, manner);
    return (
      request.method === ours.method &&
      request.path === ours.path &&
      request.contentType === ours.contentType &&
      request.body === ours.body &&
      Object.keys(query).length === Object.keys(ours.query).length &&
      Object.entries(ours.query).every(([key, value]) => query[key] === value)
    );
  } catch (error) {
    // What cannot be addressed cannot be ours.
    if (isOpsError(error, 'invalid_input')) return false;
    throw error;
  }
}
