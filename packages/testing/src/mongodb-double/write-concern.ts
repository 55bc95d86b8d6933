import { type BsonDocument, isDocument } from './bson-document.ts';
import type { MongodbMode } from './command-context.ts';
import { CommandError, codeName } from './command-error.ts';

const KNOWN_FIELDS = new Set(['w', 'j', 'wtimeout', 'fsync', 'provenance']);

/**
 * What one member can promise of a write concern: nothing to say (undefined), or the writeConcernError that stands
 * beside the answer to a write that did happen.
 * @throws CommandError when the server would refuse the command before it writes.
 */
export function judgeWriteConcern(concern: unknown, mode: MongodbMode): BsonDocument | undefined {
  if (concern === undefined) return undefined;
  if (!isDocument(concern)) throw new CommandError(9, 'writeConcern must be an object');
  const unknown = Object.keys(concern).find((field) => !KNOWN_FIELDS.has(field));
  if (unknown !== undefined) throw new CommandError(9, `unrecognized write concern field: ${unknown}`);
  const { w, j } = concern;
  if (j !== undefined && typeof j !== 'boolean' && typeof j !== 'number') {
    throw new CommandError(9, 'j must be numeric or a boolean value');
  }
  if (w === undefined || w === 'majority' || w === 0 || w === 1) return undefined;
  if (typeof w === 'number') return tooMany(w, mode);
  if (typeof w !== 'string') throw new CommandError(9, 'w has to be a number, string, or object');
  if (mode === 'standalone')
    throw new CommandError(
      2,
      "cannot use non-majority 'w' mode when a host is not a member of a replica set",
    );
  return failure(79, `No write concern mode named '${w}' found in replica set configuration`);
}

function tooMany(w: number, mode: MongodbMode): BsonDocument {
  if (w < 0 || w > 50 || !Number.isInteger(w)) {
    throw new CommandError(9, 'w has to be a non-negative number and not greater than 50');
  }
  if (mode === 'standalone') throw new CommandError(2, "cannot use 'w' > 1 when a host is not replicated");
  return failure(100, 'Not enough data-bearing nodes');
}

function failure(code: number, errmsg: string): BsonDocument {
  return { code, codeName: codeName(code), errmsg };
}
