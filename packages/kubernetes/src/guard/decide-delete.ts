import type { DeleteRequest, JsonObject } from '@jamie/core';
import { isJsonObject } from '@jamie/core';
import type { ApiRequest } from '../transport/api-request.ts';
import { admitWrite } from './admit-write.ts';
import { parseObjectBody } from './parse-body.ts';
import type { ResourcePath } from './parse-path.ts';
import { type GuardRules, type RequestDecision, refused } from './request-decision.ts';
import { DELETABLE, kindOfPath } from './write-kinds.ts';

const UID = /^[\w.-]{1,128}$/;
const PROPAGATIONS = ['Background', 'Foreground', 'Orphan'] as const;

/** Decides a DELETE: of one named object, with its uid as precondition, never of a collection. */
export function decideDelete(request: ApiRequest, path: ResourcePath, rules: GuardRules): RequestDecision {
  const kind = kindOfPath(path);
  const { namespace, name, subresource } = path;
  const isAllowed = kind !== undefined && DELETABLE.has(kind) && subresource === undefined;
  if (!isAllowed || namespace === undefined || name === undefined) return refused('resource_not_allowed');
  if (rules.protectedNamespaces.has(namespace)) return refused('protected_namespace');
  // A body makes the API server overlook the query, dryRun included: there must be none.
  if (Object.keys(request.query ?? {}).length > 0) return refused('query_not_allowed');
  const options = parseObjectBody(request.body);
  if (options === undefined) return refused('body_malformed');
  const uid = uidOf(options);
  if (uid === undefined) return refused('precondition_missing');
  const propagation = PROPAGATIONS.find((policy) => policy === options['propagationPolicy']);
  if (propagation === undefined) return refused('body_malformed');
  const write: DeleteRequest = { verb: 'delete', target: { kind, namespace, name }, uid, propagation };
  return admitWrite(request, write, { dryRun: options['dryRun'] !== undefined }, rules);
}

/** The uid that delete options name as their precondition. */
export function uidOf(options: JsonObject): string | undefined {
  const { preconditions } = options;
  const uid = isJsonObject(preconditions) ? preconditions['uid'] : undefined;
  return typeof uid === 'string' && UID.test(uid) ? uid : undefined;
}
