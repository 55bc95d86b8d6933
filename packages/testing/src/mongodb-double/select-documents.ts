import { type BsonDocument, isDocument } from './bson-document.ts';
import { documentOrder } from './compare-values.ts';
import { matcher } from './match-documents.ts';
import type { StoredCollection } from './stored-collection.ts';
import type { Transaction } from './transaction.ts';
import { valueKey } from './value-key.ts';

export interface Selection {
  readonly filter: BsonDocument;
  readonly sort?: BsonDocument | undefined;
  readonly skip?: number | undefined;
  /** 0 and absent: all of them. */
  readonly limit?: number | undefined;
}

export interface SelectedDocument {
  readonly key: string;
  readonly document: BsonDocument;
}

/** The documents that match, sorted and cut. A filter on whole values of `_id` looks only at those. */
export function selectDocuments(
  collection: StoredCollection | undefined,
  { filter, sort, skip = 0, limit = 0 }: Selection,
  reader: Transaction | undefined,
): readonly SelectedDocument[] {
  const matches = matcher(filter);
  if (collection === undefined) return [];
  const isSorted = sort !== undefined && Object.keys(sort).length > 0;
  const enough = limit === 0 ? Number.POSITIVE_INFINITY : skip + limit;
  const found: SelectedDocument[] = [];
  for (const [key, document] of candidates(collection, filter, reader)) {
    if (!isSorted && found.length >= enough) break;
    if (matches(document)) found.push({ key, document });
  }
  if (isSorted) {
    const order = documentOrder(sort);
    found.sort((one, other) => order(one.document, other.document));
  }
  return found.slice(skip, enough);
}

function candidates(
  collection: StoredCollection,
  filter: BsonDocument,
  reader: Transaction | undefined,
): Iterable<readonly [string, BsonDocument]> {
  const ids = '_id' in filter ? wholeIds(filter['_id']) : undefined;
  if (ids === undefined) return collection.documents(reader);
  return [...new Set(ids.map(valueKey))].flatMap((key) => {
    const document = collection.find(key, reader);
    return document === undefined ? [] : [[key, document] as const];
  });
}

/** The ids that the condition names, when it names them all. */
function wholeIds(condition: unknown): readonly unknown[] | undefined {
  if (condition instanceof RegExp || condition === null) return undefined;
  if (!isDocument(condition)) return [condition];
  const operators = Object.keys(condition);
  if (!operators.some((operator) => operator.startsWith('$'))) return [condition];
  if ('$eq' in condition) return [condition['$eq']];
  const list = condition['$in'];
  return Array.isArray(list) && !list.some((id) => id instanceof RegExp || id === null) ? list : undefined;
}
