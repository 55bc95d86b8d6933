import type { JsonObject, KubeObject } from '@jamie/core';
import { parseJsonPointer, readJsonPointer } from '@jamie/core';

/** One entry of metadata.managedFields. */
export interface ManagedFields {
  readonly manager: string;
  readonly operation: string;
  readonly subresource: string;
  readonly fields: JsonObject;
  /** When it was written last, in milliseconds since 1970; undefined where that is not kept. */
  readonly at: number | undefined;
}

/** Who wrote which fields, as the API server keeps it. */
export function managedFieldsOf(object: KubeObject): readonly ManagedFields[] {
  const entries = readJsonPointer(object, '/metadata/managedFields');
  if (!Array.isArray(entries)) return [];
  return (entries as readonly JsonObject[]).map((entry) => ({
    manager: String(entry['manager'] ?? ''),
    operation: String(entry['operation'] ?? ''),
    subresource: String(entry['subresource'] ?? ''),
    fields: (entry['fieldsV1'] ?? {}) as JsonObject,
    at: timeOf(entry['time']),
  }));
}

function timeOf(time: unknown): number | undefined {
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/**
 * Whether a set of fields (FieldsV1 of kubernetes.io/docs/reference/using-api/server-side-apply) holds the field at a
 * JSON pointer, something above it that is held as a whole, or something below it. List items are known by their keys
 * there and by their place here, so that the object says which one is meant.
 */
export function holdsField(fields: JsonObject, pointer: string, object: unknown): boolean {
  let [set, value]: [JsonObject, unknown] = [fields, object];
  for (const token of parseJsonPointer(pointer)) {
    const below = memberOf(set, token, value);
    if (below === undefined) return false;
    if (isLeaf(below)) return true;
    set = below;
    value =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[token] : undefined;
  }
  return true;
}

function memberOf(set: JsonObject, token: string, value: unknown): JsonObject | undefined {
  const member = set[`f:${token}`];
  if (member !== undefined) return member as JsonObject;
  if (!Array.isArray(value)) return undefined;
  const item = (value as readonly unknown[])[Number(token)];
  const key = Object.keys(set).find((each) => namesItem(each, item, token));
  return key === undefined ? undefined : (set[key] as JsonObject);
}

function namesItem(key: string, item: unknown, token: string): boolean {
  if (key === `i:${token}`) return true;
  if (key.startsWith('v:')) return key.slice(2) === JSON.stringify(item);
  if (!key.startsWith('k:') || typeof item !== 'object' || item === null) return false;
  const keys = JSON.parse(key.slice(2)) as Readonly<Record<string, unknown>>;
  return Object.entries(keys).every(([name, value]) => (item as Record<string, unknown>)[name] === value);
}

function isLeaf(set: JsonObject): boolean {
  return Object.keys(set).length === 0;
}

/** Whether a manager wrote one of these fields; of no fields, whether it wrote anything. */
export function writesAny(
  managers: readonly string[],
  object: KubeObject,
  pointers: readonly string[],
): boolean {
  return managedFieldsOf(object)
    .filter(({ manager, subresource }) => managers.includes(manager) && subresource !== 'status')
    .some(
      ({ fields }) =>
        pointers.length === 0 || pointers.some((pointer) => holdsField(fields, pointer, object)),
    );
}
