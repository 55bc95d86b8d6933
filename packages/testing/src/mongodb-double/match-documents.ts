import { Query } from 'mingo/query';
import type { BsonDocument } from './bson-document.ts';
import { CommandError } from './command-error.ts';
import { MINGO_CONTEXT } from './mingo-context.ts';

/**
 * Compiles a filter.
 * @throws CommandError (BadValue) when the filter has an operator that mingo does not know.
 */
export function matcher(filter: BsonDocument): (document: BsonDocument) => boolean {
  if (Object.keys(filter).length === 0) return () => true;
  const query = asCommandError(
    () => new Query<BsonDocument>(filter, { scriptEnabled: false, context: MINGO_CONTEXT }),
  );
  return (document) => asCommandError(() => query.test(document));
}

/** Runs a piece of mingo and turns what it throws into the answer that the server gives to a bad value. */
export function asCommandError<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(2, error instanceof Error ? error.message : String(error));
  }
}
