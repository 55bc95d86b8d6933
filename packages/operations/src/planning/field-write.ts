import type { FieldValues, JsonPatchOperation, JsonValue, KubeObject, ObjectRef } from '@jamie/core';
import { formatJsonPointer, parseJsonPointer, readJsonPointer } from '@jamie/core';

/** A change as fields and the values that they shall have; null removes the field. */
export interface FieldWrite {
  readonly target: ObjectRef;
  readonly subresource?: 'scale' | 'resize';
  readonly summary: string;
  readonly values: FieldValues;
  /** Fields that the preview depends on beside those that are written. */
  readonly alsoPinned: readonly string[];
}

/** The fields at these pointers; null where the path does not exist. */
export function readFields(object: KubeObject, pointers: readonly string[]): FieldValues {
  return Object.fromEntries(pointers.map((pointer) => [pointer, readJsonPointer(object, pointer) ?? null]));
}

/**
 * The JSON Patch (RFC 6902) that gives these fields their values. Absolute values only. Each field that exists is
 * tested first, so that the API server itself refuses the patch when the field has moved.
 */
export function compilePatch(live: KubeObject, values: FieldValues): readonly JsonPatchOperation[] {
  const made = new Set<string>();
  return Object.entries(values).flatMap(([pointer, value]) => compileField(live, pointer, value, made));
}

function compileField(
  live: KubeObject,
  pointer: string,
  value: JsonValue,
  made: Set<string>,
): JsonPatchOperation[] {
  const current = readJsonPointer(live, pointer);
  if (current !== undefined) {
    const test: JsonPatchOperation = { op: 'test', path: pointer, value: current };
    return value === null
      ? [test, { op: 'remove', path: pointer }]
      : [test, { op: 'replace', path: pointer, value }];
  }
  if (value === null) return [];
  const parents = missingParents(live, pointer).filter((parent) => !made.has(parent));
  for (const parent of parents) made.add(parent);
  return [
    ...parents.map((path): JsonPatchOperation => ({ op: 'add', path, value: {} })),
    { op: 'add', path: pointer, value },
  ];
}

function missingParents(live: KubeObject, pointer: string): readonly string[] {
  const tokens = parseJsonPointer(pointer);
  const parents = tokens.slice(0, -1).map((_, index) => formatJsonPointer(tokens.slice(0, index + 1)));
  return parents.filter((parent) => readJsonPointer(live, parent) === undefined);
}
