import { type BsonDocument, copyValue, isDocument } from './bson-document.ts';

/** What a filter says that a document inserted for it must hold: its equalities, also those under `$and`. */
export function filterEqualities(filter: BsonDocument): BsonDocument {
  const seed: BsonDocument = {};
  for (const [path, condition] of Object.entries(filter)) {
    const equal = path.startsWith('$') ? undefined : equalValue(condition);
    if (equal !== undefined) setPath(seed, path, copyValue(equal.value));
    if (path === '$and') Object.assign(seed, ...branches(condition).map(filterEqualities));
  }
  return seed;
}

function branches(condition: unknown): readonly BsonDocument[] {
  return Array.isArray(condition) ? condition.filter(isDocument) : [];
}

function equalValue(condition: unknown): { readonly value: unknown } | undefined {
  if (condition instanceof RegExp) return undefined;
  if (!isDocument(condition) || !Object.keys(condition).some((field) => field.startsWith('$'))) {
    return { value: condition };
  }
  if ('$eq' in condition) return { value: condition['$eq'] };
  const only = condition['$in'];
  return Array.isArray(only) && only.length === 1 ? { value: only[0] } : undefined;
}

function setPath(document: BsonDocument, path: string, value: unknown): void {
  const fields = path.split('.');
  let target = document;
  for (const field of fields.slice(0, -1)) {
    const next = isDocument(target[field]) ? target[field] : {};
    target[field] = next;
    target = next as BsonDocument;
  }
  target[fields.at(-1) ?? path] = value;
}
