import { isDocument } from './bson-document.ts';

/**
 * The values that a condition on a dotted path looks at: what stands there, each element when that is an array, and
 * the same in every document of an array on the way. Undefined stands for a field that is missing.
 */
export function pathValues(value: unknown, path: readonly string[]): readonly unknown[] {
  const [field, ...rest] = path;
  if (field === undefined) return Array.isArray(value) ? [value, ...value] : [value];
  if (Array.isArray(value)) {
    const indexed =
      /^\d+$/.test(field) && Number(field) < value.length ? pathValues(value[Number(field)], rest) : [];
    return [...indexed, ...value.filter(isDocument).flatMap((element) => pathValues(element, path))];
  }
  return pathValues(isDocument(value) && Object.hasOwn(value, field) ? value[field] : undefined, rest);
}
