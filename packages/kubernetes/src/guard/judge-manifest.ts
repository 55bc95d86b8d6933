import { apiVersionOf, isJsonObject, type JsonObject, type JsonValue, type ObjectRef } from '@jamie/core';
import { nodeAccessOf } from './node-access.ts';
import type { RefusalReason } from './request-decision.ts';

const METADATA = new Set(['name', 'namespace', 'labels', 'annotations']);
const OWNER = new Set(['apiVersion', 'kind', 'name', 'uid', 'controller']);

/**
 * Why a manifest may not be sent for this object; undefined when it may. It names the object of the path, sets of the
 * metadata only labels and annotations (a Job may also be owned by a CronJob), sets no status, and opens no way into
 * the node.
 */
export function refuseManifest(
  manifest: JsonObject,
  target: ObjectRef,
  mayBeOwned: boolean,
): RefusalReason | undefined {
  const { apiVersion, kind, metadata } = manifest;
  if (!isJsonObject(metadata)) return 'body_malformed';
  const isOfTarget =
    kind === target.kind &&
    apiVersion === apiVersionOf(target.kind) &&
    metadata['name'] === target.name &&
    metadata['namespace'] === target.namespace;
  if (!isOfTarget) return 'manifest_of_another_object';
  const fields = Object.keys(metadata).filter((field) => !METADATA.has(field));
  const isOwned = mayBeOwned && fields.length === 1 && isOwnedByCronJob(metadata['ownerReferences']);
  if (fields.length > 0 && !isOwned) return 'body_touches_forbidden_field';
  if (Object.hasOwn(manifest, 'status')) return 'body_touches_forbidden_field';
  return nodeAccessOf(manifest).size > 0 ? 'body_grants_node_access' : undefined;
}

function isOwnedByCronJob(references: JsonValue | undefined): boolean {
  if (!Array.isArray(references) || references.length !== 1) return false;
  const [owner] = references as readonly JsonValue[];
  return (
    isJsonObject(owner) &&
    owner['kind'] === 'CronJob' &&
    owner['apiVersion'] === apiVersionOf('CronJob') &&
    Object.keys(owner).every((field) => OWNER.has(field))
  );
}
