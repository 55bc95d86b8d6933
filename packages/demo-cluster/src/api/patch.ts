import { isJsonObject, readJsonPointer } from '@jamie/core';
import fastJsonPatch, { type Operation } from 'fast-json-patch';
import type { StoredObject } from '../objects.ts';
import {
  badRequest,
  done,
  notImplemented,
  type Outcome,
  patchRejected,
  refused,
  unsupportedMediaType,
} from './status.ts';

const JSON_PATCH = 'application/json-patch+json';
const MERGE_PATCH = 'application/merge-patch+json';
const NOT_SUPPORTED: Readonly<Record<string, string>> = {
  'application/strategic-merge-patch+json':
    'strategic merge patches; send application/merge-patch+json or application/json-patch+json',
  'application/apply-patch+yaml': 'server-side apply of this subresource; send application/json-patch+json',
  'application/apply-patch+cbor': 'server-side apply in CBOR; send application/apply-patch+yaml',
};

/** Applies a JSON patch or a merge patch to a document, without changing it. Other formats are refused. */
export function applyPatch<T extends object>(contentType: string, body: string, document: T): Outcome<T> {
  const unsupported = NOT_SUPPORTED[contentType];
  if (unsupported !== undefined) return refused(notImplemented(unsupported));
  if (contentType === JSON_PATCH) return applyJsonPatch(body, document);
  if (contentType === MERGE_PATCH) return applyMergePatch(body, document);
  return refused(unsupportedMediaType());
}

function applyJsonPatch<T extends object>(body: string, document: T): Outcome<T> {
  const operations = parse(body);
  if (!Array.isArray(operations)) {
    return refused(
      badRequest(
        'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
      ),
    );
  }
  try {
    const patched = (operations as Operation[]).reduce(
      (before, operation) =>
        fastJsonPatch.applyPatch(before, [replacingOrAdding(before, operation)], true, false).newDocument,
      document,
    );
    return done(patched);
  } catch (error) {
    // The API server gives one answer for every operation that does not fit, a failed test among them.
    if (error instanceof fastJsonPatch.JsonPatchError) return refused(patchRejected());
    throw error;
  }
}

/** The API server adds a member that a `replace` does not find, where the object around it exists. */
function replacingOrAdding(document: object, operation: Operation): Operation {
  if (operation.op !== 'replace' || readJsonPointer(document, operation.path) !== undefined) return operation;
  const around = readJsonPointer(document, operation.path.slice(0, operation.path.lastIndexOf('/')));
  return isJsonObject(around) ? { ...operation, op: 'add' } : operation;
}

function applyMergePatch<T extends object>(body: string, document: T): Outcome<T> {
  const patch = parse(body);
  if (!isJsonObject(patch)) {
    return refused(badRequest('error decoding patch: a merge patch must be a JSON object'));
  }
  return done(merge(document, patch) as T);
}

/** RFC 7386: null removes, objects merge, everything else replaces. */
function merge(target: unknown, patch: unknown): unknown {
  if (!isJsonObject(patch)) return patch;
  const result: Record<string, unknown> = isJsonObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merge(result[key], value);
  }
  return result;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Why a patched object may not be stored under the name of the path, or undefined when it may. */
export function renamed(patched: StoredObject, name: string): Outcome<never> | undefined {
  const { name: patchedName } = patched.metadata;
  if (patchedName === name) return undefined;
  return refused(
    badRequest(`the name of the object (${patchedName}) does not match the name on the URL (${name})`),
  );
}
