import type { ApplyRequest, JsonObject, PatchRequest, WriteRequest } from '@jamie/core';
import { collectionPath, objectPath } from '../reader/resource-path.ts';
import type { ApiRequest } from '../transport/api-request.ts';
import { preconditionOf } from './parse-patch.ts';

/** Our name in managedFields: of everything that we patch, apply and create. */
export const FIELD_MANAGER = 'jamie-scarlet';
export const JSON_PATCH = 'application/json-patch+json';
/** A configuration for server-side apply. Its body is JSON, which is YAML. */
export const APPLY_PATCH = 'application/apply-patch+yaml';
export const JSON_BODY = 'application/json';
/** The version of a cluster in which nothing has been stored yet: no object has it. */
const OLDEST_VERSION = '1';

/** What is said beside the write itself. */
export interface WriteManner {
  readonly dryRun: boolean;
  /** The precondition of a patch or an apply. */
  readonly resourceVersion?: string;
}

type WriteMessage = Required<Pick<ApiRequest, 'method' | 'path' | 'query' | 'contentType' | 'body'>>;

/**
 * The one spelling of each write on the wire. The writer sends it and the guard takes no other, so that what a permit
 * covers and what is sent cannot differ by a byte. Throws `invalid_input` for a target that cannot be addressed.
 */
export function formatWrite(request: WriteRequest, manner: WriteManner): WriteMessage {
  const { target } = request;
  switch (request.verb) {
    case 'patch':
      return message(
        'PATCH',
        subresourcePath(request),
        queryOf(manner),
        JSON_PATCH,
        patchBody(request, manner),
      );
    case 'apply':
      return message('PATCH', objectPath(target), queryOf(manner), APPLY_PATCH, {
        ...request.manifest,
        ...(!manner.dryRun && {
          metadata: {
            ...(request.manifest['metadata'] as JsonObject),
            ...applyPreconditionOf(request, manner),
          },
        }),
      });
    case 'create':
      return message(
        'POST',
        collectionPath(target.kind, target.namespace),
        queryOf(manner),
        JSON_BODY,
        request.manifest,
      );
    case 'delete':
      // With a body the API server does not read the query: dryRun=All there would delete.
      return message('DELETE', objectPath(target), {}, JSON_BODY, {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        preconditions: { uid: request.uid },
        propagationPolicy: request.propagation,
        ...dryRunField(manner),
      });
    case 'evict': {
      const { name, namespace } = target;
      return message('POST', `${objectPath(target)}/eviction`, dryRunQuery(manner), JSON_BODY, {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name, namespace },
        deleteOptions: { preconditions: { uid: request.uid }, ...dryRunField(manner) },
      });
    }
  }
}

/**
 * What makes the API server answer 409 unless the object is the one that was read, or, for `uid: null`, unless there is
 * none. A server-side apply of an object that is not there makes it whatever resourceVersion is given, and refuses a uid;
 * of one that is there it refuses every resourceVersion but the newest (both tried on 1.36).
 */
function applyPreconditionOf({ uid }: ApplyRequest, { resourceVersion }: WriteManner): JsonObject {
  if (uid === null) return { resourceVersion: OLDEST_VERSION };
  return { uid, ...(resourceVersion !== undefined && { resourceVersion }) };
}

function message(
  method: string,
  path: string,
  query: Readonly<Record<string, string>>,
  contentType: string,
  body: unknown,
): WriteMessage {
  return { method, path, query, contentType, body: JSON.stringify(body) };
}

function subresourcePath({ target, subresource }: PatchRequest): string {
  return subresource === undefined ? objectPath(target) : `${objectPath(target)}/${subresource}`;
}

function patchBody({ patch }: PatchRequest, { resourceVersion }: WriteManner): unknown {
  return resourceVersion === undefined ? patch : [preconditionOf(resourceVersion), ...patch];
}

function queryOf(manner: WriteManner): Readonly<Record<string, string>> {
  return { ...dryRunQuery(manner), fieldManager: FIELD_MANAGER, fieldValidation: 'Strict' };
}

function dryRunQuery({ dryRun }: WriteManner): Readonly<Record<string, string>> {
  return dryRun ? { dryRun: 'All' } : {};
}

function dryRunField({ dryRun }: WriteManner): { readonly dryRun?: readonly string[] } {
  return dryRun ? { dryRun: ['All'] } : {};
}
