import { isDeepStrictEqual } from 'node:util';
import { hasOwner, type Part, partsOf } from './field-shape.ts';
import type { FieldPath } from './field-tree.ts';

/** What a write did to the fields that have owners. */
export interface FieldChanges {
  /** Added, or changed in value. */
  readonly set: readonly FieldPath[];
  /** Gone, each with everything below it. */
  readonly removed: readonly FieldPath[];
}

/** Compares two states of an object. An object that is new is compared with nothing. Pure. */
export function compareFields(before: object | undefined, after: object): FieldChanges {
  const set: FieldPath[] = [];
  const removed: FieldPath[] = [];
  compare({ before, after, place: '', path: [] }, set, removed);
  return { set, removed };
}

interface Pair {
  readonly before: unknown;
  readonly after: unknown;
  readonly place: string;
  readonly path: FieldPath;
}

function compare(pair: Pair, set: FieldPath[], removed: FieldPath[]): void {
  const { before, after, place, path } = pair;
  if (before === after) return;
  if (after === undefined) {
    removed.push(path);
    return;
  }
  const parts = partsOf(after, place);
  if (parts === undefined) {
    if (!isDeepStrictEqual(before, after)) set.push(path);
    return;
  }
  const isNew = before === undefined && path.length > 0;
  if (isNew && (hasOwner(place) || place.endsWith('[]'))) set.push(path);
  compareParts(partsOf(before, place) ?? [], parts, pair, { set, removed });
}

function compareParts(
  before: readonly Part[],
  after: readonly Part[],
  { path }: Pair,
  { set, removed }: { readonly set: FieldPath[]; readonly removed: FieldPath[] },
): void {
  const earlier = new Map(before.map((part) => [part.element, part.value]));
  for (const { element, value, place } of after) {
    compare({ before: earlier.get(element), after: value, place, path: [...path, element] }, set, removed);
    earlier.delete(element);
  }
  for (const element of earlier.keys()) removed.push([...path, element]);
}

/** The fields that an applied configuration names, which its manager then owns. Pure. */
export function fieldsOf(configuration: object): readonly FieldPath[] {
  return namedBelow({ element: '', value: configuration, place: '' }, []);
}

function namedBelow({ value, place }: Part, path: FieldPath): readonly FieldPath[] {
  const parts = partsOf(value, place);
  const isElement = place.endsWith('[]');
  if (parts === undefined) return [path];
  // An empty map is owned itself; one with server-owned members only is not applied at all.
  if (isEmptyMap(value) && path.length > 0) return [path];
  const below = parts.flatMap((part) => namedBelow(part, [...path, part.element]));
  return isElement ? [path, ...below] : below;
}

function isEmptyMap(value: unknown): boolean {
  return !Array.isArray(value) && Object.keys(value as object).length === 0;
}
