import type { BsonDocument } from './bson-document.ts';
import { isDocument } from './bson-document.ts';
import { CommandError } from './command-error.ts';

/** An index as createIndexes asks for it and listIndexes shows it. */
export interface IndexDefinition {
  readonly name: string;
  /** Field path to 1 or -1, in the order of the key. */
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly unique?: true;
  readonly sparse?: true;
  readonly hidden?: true;
  readonly partialFilterExpression?: BsonDocument;
  readonly expireAfterSeconds?: number;
}

/** The index that every collection has. */
export const ID_INDEX: IndexDefinition = { name: '_id_', key: { _id: 1 } };

const CANNOT_CREATE_INDEX = 67;
const KNOWN_FIELDS = new Set([
  'v',
  'name',
  'key',
  'unique',
  'sparse',
  'hidden',
  'background',
  'partialFilterExpression',
  'expireAfterSeconds',
]);
/** What the server allows in a partial filter (manual, "Partial Indexes"). */
const PARTIAL_OPERATORS = new Set([
  '$eq',
  '$exists',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$type',
  '$and',
  '$or',
  '$in',
]);
const MAX_EXPIRY_SECONDS = 2_147_483_647;

/** @throws CommandError when the server would refuse the index, or the double does not have its kind. */
export function readIndexDefinition(spec: BsonDocument): IndexDefinition {
  const unknown = Object.keys(spec).find((field) => !KNOWN_FIELDS.has(field));
  if (unknown !== undefined) {
    throw new CommandError(238, `this server does not implement the index option '${unknown}'`);
  }
  const { name, partialFilterExpression: filter, expireAfterSeconds } = spec;
  if (typeof name !== 'string' || name === '') throw new CommandError(9, 'an index needs a name');
  if (filter !== undefined) checkPartialFilter(filter);
  if (filter !== undefined && spec['sparse'] === true) {
    throw new CommandError(CANNOT_CREATE_INDEX, 'cannot mix "partialFilterExpression" and "sparse" options');
  }
  const key = readKey(spec['key']);
  if (expireAfterSeconds !== undefined) checkExpiry(expireAfterSeconds, key);
  return {
    name,
    key,
    ...(spec['unique'] === true && { unique: true as const }),
    ...(spec['sparse'] === true && { sparse: true as const }),
    ...(spec['hidden'] === true && { hidden: true as const }),
    ...(isDocument(filter) && { partialFilterExpression: filter }),
    ...(typeof expireAfterSeconds === 'number' && { expireAfterSeconds }),
  };
}

function readKey(key: unknown): Record<string, 1 | -1> {
  if (!isDocument(key) || Object.keys(key).length === 0) {
    throw new CommandError(CANNOT_CREATE_INDEX, 'Index keys cannot be empty.');
  }
  const directions: Record<string, 1 | -1> = {};
  for (const [path, direction] of Object.entries(key)) {
    if (path === '' || path.split('.').some((field) => field === '' || field.startsWith('$'))) {
      throw new CommandError(CANNOT_CREATE_INDEX, `Index key contains an illegal field name: '${path}'`);
    }
    if (typeof direction === 'string') {
      throw new CommandError(238, `this server does not implement indexes of type '${direction}'`);
    }
    if (typeof direction !== 'number' || direction === 0 || Number.isNaN(direction)) {
      throw new CommandError(
        CANNOT_CREATE_INDEX,
        'Values in the index key pattern must be non-zero numbers.',
      );
    }
    directions[path] = direction > 0 ? 1 : -1;
  }
  return directions;
}

function checkPartialFilter(filter: unknown): void {
  if (!isDocument(filter)) throw new CommandError(14, 'partialFilterExpression must be a document');
  for (const [field, condition] of Object.entries(filter)) {
    if (field.startsWith('$') && !PARTIAL_OPERATORS.has(field)) {
      throw new CommandError(CANNOT_CREATE_INDEX, `Expression not supported in partial index: ${field}`);
    }
    if (field === '$exists' && condition === false) {
      throw new CommandError(
        CANNOT_CREATE_INDEX,
        'Expression not supported in partial index: $exists: false',
      );
    }
    const branches: readonly unknown[] = Array.isArray(condition) ? condition : [condition];
    for (const branch of branches) if (isDocument(branch)) checkPartialFilter(branch);
  }
}

function checkExpiry(expireAfterSeconds: unknown, key: Record<string, 1 | -1>): void {
  const isNumber = typeof expireAfterSeconds === 'number' && Number.isFinite(expireAfterSeconds);
  if (!isNumber || expireAfterSeconds < 0 || expireAfterSeconds > MAX_EXPIRY_SECONDS) {
    throw new CommandError(
      CANNOT_CREATE_INDEX,
      'TTL index option expireAfterSeconds must be within 0 and 2147483647',
    );
  }
  if (Object.keys(key).length !== 1 || '_id' in key) {
    throw new CommandError(CANNOT_CREATE_INDEX, 'TTL indexes are single-field indexes, not on _id');
  }
}

/** What listIndexes shows. */
export function showIndex(definition: IndexDefinition): BsonDocument {
  const { key, name, ...options } = definition;
  return { v: 2, key, name, ...options };
}
