import type { JsonObject, ObjectRef } from '@jamie/core';
import { isJsonObject } from '@jamie/core';
import type { ApiRequest } from '../transport/api-request.ts';
import { admitWrite } from './admit-write.ts';
import { refuseManifest } from './judge-manifest.ts';
import { parseObjectBody } from './parse-body.ts';
import { isResourceVersion } from './parse-patch.ts';
import type { ResourcePath } from './parse-path.ts';
import { type GuardRules, type RequestDecision, refused } from './request-decision.ts';
import { APPLICABLE, kindOfPath } from './write-kinds.ts';
import { isWriteQuery } from './write-query.ts';

/** Decides a PATCH with a configuration for server-side apply. */
export function decideApply(request: ApiRequest, path: ResourcePath, rules: GuardRules): RequestDecision {
  const kind = kindOfPath(path);
  const { namespace, name, subresource } = path;
  const isAllowed = kind !== undefined && APPLICABLE.has(kind) && subresource === undefined;
  if (!isAllowed || name === undefined || namespace === undefined) return refused('resource_not_allowed');
  if (rules.protectedNamespaces.has(namespace)) return refused('protected_namespace');
  if (!isWriteQuery(request.query ?? {})) return refused('query_not_allowed');
  const body = parseObjectBody(request.body);
  if (body === undefined) return refused('body_malformed');
  const dryRun = request.query?.['dryRun'] !== undefined;
  const { manifest, uid, resourceVersion } = takePrecondition(body);
  if (resourceVersion !== undefined && !isResourceVersion(resourceVersion)) return refused('body_malformed');
  const target: ObjectRef = { kind, namespace, name };
  const refusal = refuseManifest(manifest, target, false);
  if (refusal !== undefined) return refused(refusal);
  if (!dryRun && resourceVersion === undefined) return refused('precondition_missing');
  return admitWrite(
    request,
    { verb: 'apply', target, uid: uid ?? null, manifest },
    { dryRun, ...(resourceVersion !== undefined && { resourceVersion }) },
    rules,
  );
}

/** The writer puts the preconditions last into the metadata; anything else there is judged with the manifest. */
function takePrecondition(body: JsonObject): {
  readonly manifest: JsonObject;
  readonly uid?: string;
  readonly resourceVersion?: string;
} {
  const { metadata } = body;
  if (!isJsonObject(metadata) || typeof metadata['resourceVersion'] !== 'string') return { manifest: body };
  const { uid, resourceVersion, ...others } = metadata;
  const manifest = { ...body, metadata: others };
  return { manifest, resourceVersion, ...(typeof uid === 'string' && uid !== '' && { uid }) };
}
