import type { WriteRequest } from '@jamie/core';
import type { ApiRequest } from '../transport/api-request.ts';
import { admitWrite } from './admit-write.ts';
import { parsePatch } from './parse-patch.ts';
import type { ResourcePath } from './parse-path.ts';
import { grantsNodeAccess, mayTouch, patchPlaceOf } from './patch-fields.ts';
import { type GuardRules, type RequestDecision, refused } from './request-decision.ts';
import { kindOfPath, PATCHABLE } from './write-kinds.ts';
import { isWriteQuery } from './write-query.ts';

/** Decides a PATCH with a JSON Patch. */
export function decidePatch(request: ApiRequest, path: ResourcePath, rules: GuardRules): RequestDecision {
  const kind = kindOfPath(path);
  const { namespace, name, subresource } = path;
  if (kind === undefined || !PATCHABLE.has(kind) || name === undefined)
    return refused('resource_not_allowed');
  const place = patchPlaceOf(kind, subresource);
  if (place === undefined) return refused('resource_not_allowed');
  if (namespace !== undefined && rules.protectedNamespaces.has(namespace))
    return refused('protected_namespace');
  if (!isWriteQuery(request.query ?? {})) return refused('query_not_allowed');
  const patch = parsePatch(request.body);
  if (patch.kind === 'refused') return refused(patch.reason);
  const { operations, resourceVersion } = patch;
  if (!operations.every((operation) => mayTouch(operation, place)))
    return refused('body_touches_forbidden_field');
  if (grantsNodeAccess(operations)) return refused('body_grants_node_access');
  const write: WriteRequest = {
    verb: 'patch',
    target: { kind, ...(namespace !== undefined && { namespace }), name },
    ...(place.subresource !== undefined && { subresource: place.subresource }),
    patch: operations,
  };
  const dryRun = request.query?.['dryRun'] !== undefined;
  const decision = admitWrite(
    request,
    write,
    { dryRun, ...(resourceVersion !== undefined && { resourceVersion }) },
    rules,
  );
  return decision.kind === 'write' && resourceVersion === undefined
    ? refused('precondition_missing')
    : decision;
}
