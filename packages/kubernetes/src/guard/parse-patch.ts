import type { JsonPatchOperation, JsonValue } from '@jamie/core';

/** What a patch body says, split into the precondition and the change. */
export type ParsedPatch =
  | {
      readonly kind: 'patch';
      readonly resourceVersion?: string;
      readonly operations: readonly JsonPatchOperation[];
    }
  | { readonly kind: 'refused'; readonly reason: 'body_malformed' | 'body_touches_forbidden_field' };

/** `0` and the empty string mean "any version" to the API server: no precondition at all. */
const RESOURCE_VERSION = /^[1-9]\d{0,31}$/;
const PRECONDITION_PATH = '/metadata/resourceVersion';
const MAX_BODY = 1024 * 1024;

/** The JSON Patch operation that makes the API server answer 409 when the object has moved. */
export function preconditionOf(resourceVersion: string): JsonPatchOperation {
  return { op: 'add', path: PRECONDITION_PATH, value: resourceVersion };
}

/** Whether a text can serve as precondition. */
export function isResourceVersion(text: string): boolean {
  return RESOURCE_VERSION.test(text);
}

/**
 * Reads the bytes of a JSON Patch as the API server will. The text must be exactly what JSON.stringify writes:
 * duplicate members and other spellings that two parsers read differently are refused.
 */
export function parsePatch(body: string, subresource: string | undefined): ParsedPatch {
  const operations = parseOperations(body);
  if (operations === undefined || operations.length === 0)
    return { kind: 'refused', reason: 'body_malformed' };
  const [first, ...rest] = operations;
  const isFirstPrecondition =
    first?.op === 'add' && first.path === PRECONDITION_PATH && typeof first.value === 'string';
  const change = isFirstPrecondition ? rest : operations;
  if (isFirstPrecondition && !isResourceVersion(String(first.value)))
    return { kind: 'refused', reason: 'body_malformed' };
  if (!change.every((operation) => mayTouch(operation, subresource))) {
    return { kind: 'refused', reason: 'body_touches_forbidden_field' };
  }
  return isFirstPrecondition
    ? { kind: 'patch', resourceVersion: String(first.value), operations: change }
    : { kind: 'patch', operations: change };
}

function mayTouch(operation: JsonPatchOperation, subresource: string | undefined): boolean {
  if (operation.op === 'test') return true;
  if (subresource === 'scale') return operation.op !== 'remove' && operation.path === '/spec/replicas';
  const { path } = operation;
  return (
    path.startsWith('/spec/') || path === '/metadata/annotations' || path.startsWith('/metadata/annotations/')
  );
}

function parseOperations(body: string): readonly JsonPatchOperation[] | undefined {
  if (body.length > MAX_BODY) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (!Array.isArray(value) || JSON.stringify(value) !== body) return undefined;
  const operations = value.map(parseOperation);
  return operations.every((operation) => operation !== undefined) ? operations : undefined;
}

function parseOperation(value: unknown): JsonPatchOperation | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const members = value as Readonly<Record<string, JsonValue>>;
  const { op, path, value: operand } = members;
  if (typeof path !== 'string') return undefined;
  const count = Object.keys(members).length;
  if (op === 'remove') return count === 2 ? { op, path } : undefined;
  if (op !== 'add' && op !== 'replace' && op !== 'test') return undefined;
  return count === 3 && operand !== undefined ? { op, path, value: operand } : undefined;
}
