import type { BsonDocument } from './bson-document.ts';
import { type CommandContext, untilFree } from './command-context.ts';
import { CommandError, codeName } from './command-error.ts';
import { flagField } from './command-fields.ts';

/** What one statement of a write command did. */
export interface StatementResult {
  /** Documents inserted, matched or deleted. */
  readonly n: number;
  readonly nModified?: number;
  /** The `_id` of the document that an upsert inserted. */
  readonly upsertedId?: unknown;
}

/**
 * Runs the statements of an insert, update or delete, and gives the fields of its answer. A statement that a
 * retryable write has run before is not run again: its recorded result stands. In a transaction the first error
 * ends both.
 */
export async function runStatements<Statement>(
  context: CommandContext,
  statements: readonly Statement[],
  execute: (statement: Statement) => StatementResult,
): Promise<BsonDocument> {
  const isOrdered = flagField(context.body, 'ordered', true) || context.scope.kind === 'transaction';
  const results: NumberedResult[] = [];
  for (const [index, statement] of statements.entries()) {
    const result = await runStatement(context, index, () => execute(statement));
    results.push({ index, result });
    if (result.kind === 'failed' && isOrdered) break;
  }
  return summarise(results);
}

type NumberedResult = { readonly index: number; readonly result: StatementOutcome };

type StatementOutcome =
  | { readonly kind: 'done'; readonly result: StatementResult }
  | { readonly kind: 'done_before'; readonly result: StatementResult; readonly stmtId: number }
  | { readonly kind: 'failed'; readonly error: CommandError };

async function runStatement(
  context: CommandContext,
  index: number,
  execute: () => StatementResult,
): Promise<StatementOutcome> {
  const stmtId = statementId(context.body, index);
  const recorded = recall<StatementResult>(context, stmtId);
  if (recorded !== undefined) return { kind: 'done_before', result: recorded, stmtId };
  try {
    const result = await untilFree(context, execute);
    record(context, stmtId, result);
    return { kind: 'done', result };
  } catch (error) {
    // With a label it is the whole command that must be tried again.
    if (!(error instanceof CommandError) || error.errorLabels.length > 0) throw error;
    if (context.scope.kind === 'transaction') context.server.sessions.abort(context.scope.session);
    return { kind: 'failed', error };
  }
}

function summarise(outcomes: readonly NumberedResult[]): BsonDocument {
  const results = outcomes.flatMap(({ index, result }) =>
    result.kind === 'failed' ? [] : [{ index, result: result.result }],
  );
  const writeErrors = outcomes.flatMap(({ index, result }) =>
    result.kind === 'failed' ? [writeError(index, result.error)] : [],
  );
  const retriedStmtIds = outcomes.flatMap(({ result }) =>
    result.kind === 'done_before' ? [result.stmtId] : [],
  );
  const upserted = results.flatMap(({ index, result }) =>
    'upsertedId' in result ? [{ index, _id: result.upsertedId }] : [],
  );
  const changed = results.filter(({ result }) => result.nModified !== undefined);
  return {
    n: results.reduce((sum, { result }) => sum + result.n, 0),
    ...(changed.length > 0 && {
      nModified: changed.reduce((sum, { result }) => sum + (result.nModified ?? 0), 0),
    }),
    ...(upserted.length > 0 && { upserted }),
    ...(writeErrors.length > 0 && { writeErrors }),
    ...(retriedStmtIds.length > 0 && { retriedStmtIds }),
  };
}

function writeError(index: number, error: CommandError): BsonDocument {
  return { index, code: error.code, codeName: codeName(error.code), errmsg: error.message, ...error.fields };
}

/** The number under which the session remembers a statement: as the driver says, or its place. */
export function statementId(body: BsonDocument, index: number): number {
  const { stmtIds, stmtId } = body;
  const listed: unknown = Array.isArray(stmtIds) ? stmtIds[index] : undefined;
  if (typeof listed === 'number') return listed;
  return typeof stmtId === 'number' ? stmtId + index : index;
}

/** What this statement did when its retryable write came the first time. */
export function recall<Result>(context: CommandContext, stmtId: number): Result | undefined {
  if (context.scope.kind !== 'retryable_write') return undefined;
  // Only `record` of the same command writes it; a driver that sends another command under the number is wrong.
  return context.scope.session.executed.get(stmtId) as Result | undefined;
}

export function record(context: CommandContext, stmtId: number, result: object): void {
  if (context.scope.kind === 'retryable_write') context.scope.session.executed.set(stmtId, { ...result });
}
