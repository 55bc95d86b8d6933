import type { JsonPatchOperation } from '@jamie/core';
import { isJsonObject } from '@jamie/core';
import { parseBody } from './parse-body.ts';

/** What a patch body says, split into the precondition and the change. */
export type ParsedPatch =
  | {
      readonly kind: 'patch';
      readonly resourceVersion?: string;
      readonly operations: readonly JsonPatchOperation[];
    }
  | { readonly kind: 'refused'; readonly reason: 'body_malformed' };

/** `0` and the empty string mean "any version" to the API server: no precondition at all. */
const RESOURCE_VERSION = /^[1-9]\d{0,31}$/;
const PRECONDITION_PATH = '/metadata/resourceVersion';

/** The JSON Patch operation that makes the API server answer 409 when the object has moved. */
export function preconditionOf(resourceVersion: string): JsonPatchOperation {
  return { op: 'add', path: PRECONDITION_PATH, value: resourceVersion };
}

/** Whether a text can serve as precondition. */
export function isResourceVersion(text: string): boolean {
  return RESOURCE_VERSION.test(text);
}

/** Reads the bytes of a JSON Patch as the API server will: see parseBody. Which fields it may touch is not asked here. */
export function parsePatch(body: unknown): ParsedPatch {
  const operations = parseOperations(body);
  if (operations === undefined || operations.length === 0)
    return { kind: 'refused', reason: 'body_malformed' };
  const [first, ...rest] = operations;
  const isFirstPrecondition =
    first?.op === 'add' && first.path === PRECONDITION_PATH && typeof first.value === 'string';
  if (!isFirstPrecondition) return { kind: 'patch', operations };
  return isResourceVersion(String(first.value))
    ? { kind: 'patch', resourceVersion: String(first.value), operations: rest }
    : { kind: 'refused', reason: 'body_malformed' };
}

function parseOperations(body: unknown): readonly JsonPatchOperation[] | undefined {
  const value = parseBody(body);
  if (!Array.isArray(value)) return undefined;
  const operations = value.map(parseOperation);
  return operations.every((operation) => operation !== undefined) ? operations : undefined;
}

function parseOperation(value: unknown): JsonPatchOperation | undefined {
  if (!isJsonObject(value)) return undefined;
  const { op, path, value: operand } = value;
  if (typeof path !== 'string') return undefined;
  const count = Object.keys(value).length;
  if (op === 'remove') return count === 2 ? { op, path } : undefined;
  if (op !== 'add' && op !== 'replace' && op !== 'test') return undefined;
  return count === 3 && operand !== undefined ? { op, path, value: operand } : undefined;
}
