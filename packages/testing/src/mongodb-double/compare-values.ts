import { Binary, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { type BsonDocument, isDocument } from './bson-document.ts';
import { valueKey } from './value-key.ts';

/** As a sort key an empty array comes before null and before a field that is missing. */
const EMPTY_LIST = Symbol('an empty array');

/** The order of types (manual, "Comparison/Sort Order"); what stands together is compared by value. */
export function typeRank(value: unknown): number {
  if (value instanceof MinKey) return 0;
  if (value === EMPTY_LIST) return 0.5;
  if (value === undefined || value === null) return 1;
  if (isNumeric(value)) return 2;
  if (typeof value === 'string') return 3;
  if (isDocument(value)) return 4;
  if (Array.isArray(value)) return 5;
  if (value instanceof Binary) return 6;
  if (value instanceof ObjectId) return 7;
  if (typeof value === 'boolean') return 8;
  if (value instanceof Date) return 9;
  if (value instanceof Timestamp) return 10;
  if (value instanceof RegExp) return 11;
  return value instanceof MaxKey ? 13 : 12;
}

/** Timestamp is a Long by its class only. */
function isNumeric(value: unknown): boolean {
  if (typeof value === 'number' || typeof value === 'bigint') return true;
  if (value instanceof Timestamp) return false;
  return [Int32, Double, Long, Decimal128].some((type) => value instanceof type);
}

/** Negative, zero or positive, in the order in which the server sorts values. Strings by their code units. */
export function compareValues(one: unknown, other: unknown): number {
  const rank = typeRank(one) - typeRank(other);
  if (rank !== 0) return rank;
  if (Array.isArray(one) && Array.isArray(other)) return compareLists(one, other);
  if (isDocument(one) && isDocument(other)) {
    return compareLists(Object.entries(one).flat(), Object.entries(other).flat());
  }
  return compareScalars(toComparable(one), toComparable(other));
}

function compareLists(one: readonly unknown[], other: readonly unknown[]): number {
  for (const [index, value] of one.entries()) {
    if (index >= other.length) return 1;
    const order = compareValues(value, other[index]);
    if (order !== 0) return order;
  }
  return one.length - other.length;
}

function toComparable(value: unknown): string | number | bigint {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean' || value instanceof Date) return Number(value);
  if (value instanceof Long) return value.toBigInt();
  if (value instanceof Decimal128 || value instanceof Int32 || value instanceof Double)
    return Number(value.toString());
  if (value instanceof ObjectId) return value.toHexString();
  return valueKey(value);
}

function compareScalars(one: string | number | bigint, other: string | number | bigint): number {
  if (one < other) return -1;
  return one > other ? 1 : 0;
}

/** How two documents stand to each other under `{path: 1 | -1, …}`; of an array the smallest or largest counts. */
export function documentOrder(sort: BsonDocument): (one: BsonDocument, other: BsonDocument) => number {
  const keys = Object.entries(sort).map(([path, direction]) => ({
    path,
    sign: Number(direction) < 0 ? -1 : 1,
  }));
  return (one, other) => {
    for (const { path, sign } of keys) {
      const order = sign * compareValues(sortKey(one, path, sign), sortKey(other, path, sign));
      if (order !== 0) return order;
    }
    return 0;
  };
}

function sortKey(document: BsonDocument, path: string, sign: number): unknown {
  const values: unknown[] = [];
  collectSortValues(document, path.split('.'), values);
  return values.reduce((best, value) => (sign * compareValues(value, best) < 0 ? value : best), values[0]);
}

function collectSortValues(value: unknown, path: readonly string[], into: unknown[]): void {
  const [field, ...rest] = path;
  if (Array.isArray(value)) {
    if (value.length === 0) into.push(EMPTY_LIST);
    for (const element of value) {
      if (field === undefined) into.push(element);
      else collectSortValues(element, path, into);
    }
  } else if (field === undefined) {
    into.push(value);
  } else {
    collectSortValues(isDocument(value) ? value[field] : undefined, rest, into);
  }
}
