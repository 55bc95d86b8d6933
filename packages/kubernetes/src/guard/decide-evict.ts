import { isJsonObject } from '@jamie/core';
import type { ApiRequest } from '../transport/api-request.ts';
import { admitWrite } from './admit-write.ts';
import { uidOf } from './decide-delete.ts';
import { parseObjectBody } from './parse-body.ts';
import type { ResourcePath } from './parse-path.ts';
import { type GuardRules, type RequestDecision, refused } from './request-decision.ts';
import { kindOfPath } from './write-kinds.ts';

/** Decides a POST to the eviction of a pod, with the pod's uid as precondition. */
export function decideEvict(request: ApiRequest, path: ResourcePath, rules: GuardRules): RequestDecision {
  const { namespace, name } = path;
  if (kindOfPath(path) !== 'Pod' || namespace === undefined || name === undefined)
    return refused('resource_not_allowed');
  if (rules.protectedNamespaces.has(namespace)) return refused('protected_namespace');
  const options = parseObjectBody(request.body)?.['deleteOptions'];
  if (!isJsonObject(options)) return refused('body_malformed');
  const uid = uidOf(options);
  if (uid === undefined) return refused('precondition_missing');
  const target = { kind: 'Pod', namespace, name } as const;
  return admitWrite(
    request,
    { verb: 'evict', target, uid },
    { dryRun: options['dryRun'] !== undefined },
    rules,
  );
}
