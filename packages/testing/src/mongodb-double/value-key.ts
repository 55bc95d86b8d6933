import { Binary, Decimal128, Double, EJSON, Int32, Long, ObjectId } from 'bson';
import { isDocument } from './bson-document.ts';

/**
 * A string that is the same for two values exactly when MongoDB holds them for equal: 1, 1.0 and NumberLong(1) are
 * one value, null and a missing field are one key of an index, and the order of a document's fields counts.
 */
export function valueKey(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return String(value);
    case 'number':
    case 'bigint':
      return `#${value === 0 ? 0 : value}`;
    default:
      return objectKey(value);
  }
}

function objectKey(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueKey).join(',')}]`;
  if (value instanceof Date) return `date:${value.getTime()}`;
  if (value instanceof RegExp) return `regex:${value.flags}:${value.source}`;
  if (value instanceof ObjectId) return `id:${value.toHexString()}`;
  if (value instanceof Binary) return `binary:${value.sub_type}:${value.toString('base64')}`;
  if (value instanceof Int32 || value instanceof Double) return `#${value.valueOf()}`;
  if (value instanceof Long || value instanceof Decimal128) return `#${value.toString()}`;
  if (isDocument(value)) {
    return `{${Object.entries(value)
      .map(([field, inner]) => `${JSON.stringify(field)}:${valueKey(inner)}`)
      .join(',')}}`;
  }
  return EJSON.stringify(value);
}
