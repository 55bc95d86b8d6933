import { type BsonDocument, copyValue, isDocument, setValueAt } from './bson-document.ts';
import { CommandError } from './command-error.ts';

/**
 * What a filter says that a document inserted for it must hold: its equalities, also those under `$and`.
 * @throws CommandError (NotSingleValueField) when it names one field twice.
 */
export function filterEqualities(filter: BsonDocument): BsonDocument {
  const seed: BsonDocument = {};
  const seen = new Set<string>();
  for (const { path, value } of equalities(filter)) {
    if (seen.has(path)) {
      throw new CommandError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
    }
    seen.add(path);
    setValueAt(seed, path, copyValue(value));
  }
  return seed;
}

interface Equality {
  readonly path: string;
  readonly value: unknown;
}

function equalities(filter: BsonDocument): readonly Equality[] {
  return Object.entries(filter).flatMap(([path, condition]) => {
    if (path === '$and') return branches(condition).flatMap(equalities);
    const equal = path.startsWith('$') ? undefined : equalValue(condition);
    return equal === undefined ? [] : [{ path, value: equal.value }];
  });
}

function branches(condition: unknown): readonly BsonDocument[] {
  return Array.isArray(condition) ? condition.filter(isDocument) : [];
}

function equalValue(condition: unknown): { readonly value: unknown } | undefined {
  if (condition instanceof RegExp) return undefined;
  if (!isDocument(condition) || !Object.keys(condition).some((field) => field.startsWith('$'))) {
    return { value: condition };
  }
  return '$eq' in condition ? { value: condition['$eq'] } : undefined;
}
