import { keysOf, type Part, partsOf } from './field-shape.ts';
import type { FieldPath } from './field-tree.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Lays an applied configuration over the live object: maps merge, keyed lists merge element by element in the order of
 * the configuration, everything else is replaced. Pure.
 */
export function mergeApplied(live: unknown, applied: unknown, place = ''): unknown {
  const parts = partsOf(applied, place);
  if (parts === undefined || live === undefined || live === null) return applied;
  if (Array.isArray(applied)) return mergeLists(partsOf(live, place) ?? [], parts);
  const merged: Record<string, unknown> = { ...(live as Fields) };
  for (const part of parts) {
    const name = part.element.slice(2);
    merged[name] = mergeApplied(merged[name], part.value, part.place);
  }
  return merged;
}

/** What only the live list has keeps its place before the next element that both have. */
function mergeLists(live: readonly Part[], applied: readonly Part[]): readonly unknown[] {
  const wanted = new Set(applied.map(({ element }) => element));
  const present = new Map(live.map((part) => [part.element, part.value]));
  const waiting = [...applied];
  const merged: unknown[] = [];
  const take = (part: Part): void => {
    merged.push(mergeApplied(present.get(part.element), part.value, part.place));
  };
  for (const { element, value } of live) {
    if (!wanted.has(element)) {
      merged.push(value);
      continue;
    }
    const until = waiting.findIndex((part) => part.element === element);
    for (const part of waiting.splice(0, until + 1)) take(part);
  }
  for (const part of waiting) take(part);
  return merged;
}

/** The value without the field or list element at a path. Pure. */
export function removeField<T>(value: T, path: FieldPath, place = ''): T {
  const [element, ...rest] = path;
  if (element === undefined || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return removeElement(value, element, rest, place) as T;
  const name = element.slice(2);
  const fields = value as unknown as Fields;
  if (!(name in fields)) return value;
  const { [name]: part, ...others } = fields;
  if (rest.length === 0) return others as T;
  return { ...fields, [name]: removeField(part, rest, place === '' ? name : `${place}.${name}`) } as T;
}

function removeElement(
  list: readonly unknown[],
  element: string,
  rest: FieldPath,
  place: string,
): readonly unknown[] {
  const parts = partsOf(list, place) ?? [];
  return parts.flatMap((part) => {
    if (part.element !== element) return [part.value];
    return rest.length === 0 ? [] : [removeField(part.value, rest, part.place)];
  });
}

/** What is wrong with the lists of a configuration, or undefined. */
export type ListFault =
  | { readonly kind: 'duplicate'; readonly path: FieldPath; readonly element: string }
  | { readonly kind: 'without-key'; readonly path: FieldPath };

/** The first keyed list whose elements cannot be told apart. */
export function findListFault(value: unknown, place = '', path: FieldPath = []): ListFault | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const parts = partsOf(value, place);
  if (parts === undefined) {
    const isKeyed = Array.isArray(value) && keysOf(place) !== undefined;
    return isKeyed ? { kind: 'without-key', path } : undefined;
  }
  const seen = new Set<string>();
  for (const part of parts) {
    if (seen.has(part.element)) return { kind: 'duplicate', path, element: part.element };
    seen.add(part.element);
    const fault = findListFault(part.value, part.place, [...path, part.element]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
