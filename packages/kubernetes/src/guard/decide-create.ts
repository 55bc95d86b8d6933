import type { ObjectRef } from '@jamie/core';
import { isJsonObject } from '@jamie/core';
import type { ApiRequest } from '../transport/api-request.ts';
import { admitWrite } from './admit-write.ts';
import { refuseManifest } from './judge-manifest.ts';
import { parseObjectBody } from './parse-body.ts';
import type { ResourcePath } from './parse-path.ts';
import { type GuardRules, type RequestDecision, refused } from './request-decision.ts';
import { APPLICABLE, kindOfPath } from './write-kinds.ts';
import { isWriteQuery } from './write-query.ts';

/** Decides a POST to a collection: one object, under a name that the manifest gives. */
export function decideCreate(request: ApiRequest, path: ResourcePath, rules: GuardRules): RequestDecision {
  const kind = kindOfPath(path);
  const { namespace } = path;
  const isAllowed = kind !== undefined && APPLICABLE.has(kind) && path.name === undefined;
  if (!isAllowed || namespace === undefined) return refused('resource_not_allowed');
  if (rules.protectedNamespaces.has(namespace)) return refused('protected_namespace');
  if (!isWriteQuery(request.query ?? {})) return refused('query_not_allowed');
  const manifest = parseObjectBody(request.body);
  const metadata = manifest?.['metadata'];
  const name = isJsonObject(metadata) ? metadata['name'] : undefined;
  if (manifest === undefined || typeof name !== 'string') return refused('body_malformed');
  const target: ObjectRef = { kind, namespace, name };
  const refusal = refuseManifest(manifest, target, kind === 'Job');
  if (refusal !== undefined) return refused(refusal);
  const dryRun = request.query?.['dryRun'] !== undefined;
  return admitWrite(request, { verb: 'create', target, manifest }, { dryRun }, rules);
}
