import { KINDS, SNAPSHOT_KINDS } from '@jamie/core';
import type { AuditedRequest } from '../../control-plane/audit-log.ts';

const CACHED: ReadonlySet<string> = new Set(SNAPSHOT_KINDS.map((kind) => KINDS[kind].plural));

/**
 * The fixed list of what the service asks as itself: what its cache lists and watches in the whole cluster, access
 * reviews, the version and the discovery document. Whatever else carries no person is a defect.
 */
export function isOwnRequest({ verb, resource, subresource, namespace, name, uri }: AuditedRequest): boolean {
  if (resource === 'subjectaccessreviews') return verb === 'create';
  if (resource === '') return /^\/(version|apis?|apis\/[^?]*|api\/v1)(\?.*)?$/.test(uri) && verb === 'get';
  return (
    CACHED.has(resource) &&
    (verb === 'list' || verb === 'watch') &&
    subresource === undefined &&
    namespace === undefined &&
    name === undefined
  );
}
