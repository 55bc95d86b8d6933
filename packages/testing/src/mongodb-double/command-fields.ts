import { type BsonDocument, isDocument } from './bson-document.ts';
import { CommandError } from './command-error.ts';

/** Fields that every command may carry (manual, "Generic command arguments"); the double reads them elsewhere. */
const GENERIC_FIELDS = new Set([
  '$db',
  '$clusterTime',
  '$readPreference',
  'autocommit',
  'comment',
  'lsid',
  'maxTimeMS',
  'readConcern',
  'startTransaction',
  'txnNumber',
  'writeConcern',
]);

/**
 * Refuses a command with a field that this server does not implement, as the real one refuses unknown fields: an
 * option that is passed over in silence would be a lie.
 */
export function checkFields(what: string, body: BsonDocument, known: readonly string[]): void {
  for (const field of Object.keys(body)) {
    if (GENERIC_FIELDS.has(field) || known.includes(field)) continue;
    throw new CommandError(40415, `BSON field '${what}.${field}' is an unknown field.`);
  }
}

export function textField(body: BsonDocument, field: string): string {
  const value = body[field];
  if (typeof value !== 'string') throw wrongType(field, 'a string');
  return value;
}

export function documentField(body: BsonDocument, field: string): BsonDocument {
  const value = body[field];
  if (!isDocument(value)) throw wrongType(field, 'an object');
  return value;
}

export function optionalDocument(body: BsonDocument, field: string): BsonDocument | undefined {
  return body[field] === undefined ? undefined : documentField(body, field);
}

export function documentsField(body: BsonDocument, field: string): readonly BsonDocument[] {
  const value = body[field];
  if (!Array.isArray(value) || !value.every(isDocument)) throw wrongType(field, 'an array of objects');
  return value;
}

export function listField(body: BsonDocument, field: string): readonly unknown[] {
  const value = body[field];
  if (!Array.isArray(value)) throw wrongType(field, 'an array');
  return value;
}

/** A number that is not negative. */
export function optionalCount(body: BsonDocument, field: string): number | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number') throw wrongType(field, 'a number');
  if (value < 0)
    throw new CommandError(51024, `BSON field '${field}' value must be >= 0, actual value '${value}'`);
  return value;
}

/** Absent counts as the default. */
export function flagField(body: BsonDocument, field: string, absent = false): boolean {
  const value = body[field] ?? absent;
  if (typeof value === 'number') return value !== 0;
  if (typeof value !== 'boolean') throw wrongType(field, 'a boolean');
  return value;
}

function wrongType(field: string, expected: string): CommandError {
  return new CommandError(14, `BSON field '${field}' is the wrong type, expected ${expected}`);
}
