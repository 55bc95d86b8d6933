import { type BsonDocument, isDocument } from './bson-document.ts';
import { CommandError } from './command-error.ts';
import type { IndexDefinition } from './index-definition.ts';
import { valueKey } from './value-key.ts';

/** One entry of an index: what it is compared by, and what the document has there. */
export interface IndexKey {
  readonly key: string;
  readonly value: BsonDocument;
}

/**
 * The entries that this document has in this index: one, or one per element when a field holds an array, or none in
 * a sparse index. The caller has already looked at the partial filter.
 * @throws CommandError when two fields of the key hold arrays.
 */
export function indexKeys(definition: IndexDefinition, document: BsonDocument): readonly IndexKey[] {
  const fields = Object.keys(definition.key).map((path) => ({ path, ...fieldValues(document, path) }));
  if (definition.sparse === true && fields.every((field) => !field.exists)) return [];
  const arrays = fields.filter((field) => field.isArray);
  if (arrays.length > 1) {
    const [first, second] = arrays;
    throw new CommandError(171, `cannot index parallel arrays [${second?.path}] [${first?.path}]`);
  }
  const many = arrays[0];
  const distinct = new Map<string, IndexKey>();
  for (const element of many?.values ?? [undefined]) {
    const pairs = fields.map((field) => [field.path, field === many ? element : field.values[0]] as const);
    const key = pairs.map(([, value]) => valueKey(value)).join(',');
    distinct.set(key, {
      key,
      value: Object.fromEntries(pairs.map(([path, value]) => [path, value ?? null])),
    });
  }
  return [...distinct.values()];
}

interface FieldValues {
  readonly values: readonly unknown[];
  readonly isArray: boolean;
  readonly exists: boolean;
}

function fieldValues(document: BsonDocument, path: string): FieldValues {
  const found: unknown[] = [];
  const state = { isArray: false };
  collect(document, path.split('.'), { found, state });
  const exists = found.some((value) => value !== undefined);
  return { values: found.length === 0 ? [undefined] : found, isArray: state.isArray, exists };
}

interface Collected {
  readonly found: unknown[];
  readonly state: { isArray: boolean };
}

function collect(value: unknown, path: readonly string[], into: Collected): void {
  const [field, ...rest] = path;
  if (Array.isArray(value)) {
    into.state.isArray = true;
    for (const element of value) {
      if (field === undefined) into.found.push(element);
      else collect(element, path, into);
    }
  } else if (field === undefined) {
    into.found.push(value);
  } else {
    collect(isDocument(value) && Object.hasOwn(value, field) ? value[field] : undefined, rest, into);
  }
}
