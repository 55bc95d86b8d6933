import { type BsonDocument, isDocument } from './bson-document.ts';
import { valueKey } from './value-key.ts';

/** The values at a path, each once; the elements of an array count one by one, and what is missing does not. */
export function distinctValues(documents: readonly BsonDocument[], path: string): readonly unknown[] {
  const values = new Map<string, unknown>();
  for (const document of documents) {
    for (const value of valuesAt(document, path.split('.'))) {
      const key = valueKey(value);
      if (!values.has(key)) values.set(key, value);
    }
  }
  return [...values.values()];
}

function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  const [field, ...rest] = path;
  if (Array.isArray(value))
    return value.flatMap((element) => (field === undefined ? [element] : valuesAt(element, path)));
  if (field === undefined) return value === undefined ? [] : [value];
  return isDocument(value) && Object.hasOwn(value, field) ? valuesAt(value[field], rest) : [];
}
