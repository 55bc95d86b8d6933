import type { JsonObject, KubeObject } from '@jamie/core';
import { canonicalJson, formatJsonPointer, isJsonObject, readJsonPointer } from '@jamie/core';

/** What the API server writes by itself, and what it makes up anew with each dry run. */
const NOT_ASKED_FOR: ReadonlySet<string> = new Set([
  '/apiVersion',
  '/kind',
  '/status',
  '/metadata/name',
  '/metadata/namespace',
  '/metadata/uid',
  '/metadata/resourceVersion',
  '/metadata/generation',
  '/metadata/creationTimestamp',
  '/metadata/managedFields',
  '/metadata/selfLink',
  '/spec/clusterIP',
  '/spec/clusterIPs',
  '/spec/healthCheckNodePort',
]);
const ALLOCATED = /\/nodePort$/;

/** Pointers of the fields that differ, as deep as both sides have the same shape. */
export function changedPointers(before: KubeObject, after: KubeObject): readonly string[] {
  const found: string[] = [];
  collectChanges(before, after, [], found);
  return found;
}

type Members = Readonly<Record<string, unknown>>;

function collectChanges(before: unknown, after: unknown, path: readonly string[], found: string[]): void {
  const pointer = formatJsonPointer(path);
  if (NOT_ASKED_FOR.has(pointer) || ALLOCATED.test(pointer)) return;
  if (canonicalJson(before ?? null) === canonicalJson(after ?? null)) return;
  const [left, right] = [before ?? emptyLike(after), after ?? emptyLike(before)];
  if (!haveSameShape(left, right)) {
    found.push(pointer);
    return;
  }
  const [was, is] = [left as Members, right as Members];
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)]))
    collectChanges(was[key], is[key], [...path, key], found);
}

/** An object that is not there yet differs by its members; an empty one, or a list, as a whole. */
function emptyLike(other: unknown): unknown {
  return isJsonObject(other) && Object.keys(other).length > 0 ? {} : undefined;
}

function haveSameShape(before: unknown, after: unknown): boolean {
  if (Array.isArray(before) || Array.isArray(after))
    return Array.isArray(before) && Array.isArray(after) && before.length === after.length;
  return isJsonObject(before) && isJsonObject(after);
}

/**
 * Pointers of the fields that a manifest gives and that the object then has exactly so. What the API server writes in
 * another way (`1000m` becomes `1`) is left out.
 */
export function givenPointers(manifest: JsonObject, object: KubeObject): readonly string[] {
  const found: string[] = [];
  collectLeaves(manifest, [], found);
  return found.filter(
    (pointer) =>
      canonicalJson(readJsonPointer(object, pointer) ?? null) ===
      canonicalJson(readJsonPointer(manifest, pointer) ?? null),
  );
}

function collectLeaves(value: unknown, path: readonly string[], found: string[]): void {
  const pointer = formatJsonPointer(path);
  if (NOT_ASKED_FOR.has(pointer)) return;
  const members = isJsonObject(value) || Array.isArray(value) ? Object.entries(value) : [];
  if (members.length === 0) {
    if (pointer !== '' && value !== null) found.push(pointer);
    return;
  }
  for (const [key, member] of members) collectLeaves(member, [...path, key], found);
}
