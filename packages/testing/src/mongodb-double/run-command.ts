import { Binary, Long } from 'bson';
import type { BsonDocument } from './bson-document.ts';
import { isDocument } from './bson-document.ts';
import type { CommandContext, CommandDefinition, ServerState } from './command-context.ts';
import { CommandError, errorReply } from './command-error.ts';
import { checkFields, flagField } from './command-fields.ts';
import { COMMANDS } from './commands/command-table.ts';
import { operationTime } from './commands/server-commands.ts';
import { noSuchTransaction, type SessionFields, type SessionScope } from './server-sessions.ts';
import { judgeWriteConcern } from './write-concern.ts';

/** A command as it came, named by its first field. */
export interface ReceivedCommand {
  readonly name: string;
  readonly database: string;
  readonly body: BsonDocument;
  /** Whether it came in the protocol of the first handshake, which carries nothing else any more. */
  readonly isLegacy: boolean;
}

const READ_LEVELS = new Set(['local', 'available', 'majority', 'linearizable']);

/** Runs one command and gives its whole answer; what goes wrong is part of the answer. */
export async function runCommand(
  server: ServerState,
  command: ReceivedCommand,
  signal: AbortSignal,
): Promise<BsonDocument> {
  try {
    const fields = await execute(server, command, signal);
    return { ...fields, ok: 1, ...clusterTimes(server) };
  } catch (error) {
    const failure =
      error instanceof CommandError ? error : new CommandError(1, `the double failed: ${String(error)}`);
    return { ...errorReply(failure), ...clusterTimes(server) };
  }
}

async function execute(
  server: ServerState,
  command: ReceivedCommand,
  signal: AbortSignal,
): Promise<BsonDocument> {
  const { name, database, body, isLegacy } = command;
  const definition = COMMANDS.get(name);
  if (definition === undefined) throw new CommandError(59, `no such command: '${name}'`);
  if (isLegacy && !definition.fields.includes('hello')) {
    throw new CommandError(352, `Unsupported OP_QUERY command: ${name}`);
  }
  checkFields(name, body, definition.fields);
  const sessionFields = readSessionFields(body);
  checkMode(server, sessionFields);
  const scope = server.sessions.enter(sessionFields, server.clock.now());
  const transaction = scope.kind === 'transaction' ? scope.session.transaction : undefined;
  const context: CommandContext = { name, database, body, server, scope, transaction, signal };
  try {
    checkTransaction(context, definition, sessionFields);
    checkReadConcern(body, sessionFields);
    const unmet = definition.writes ? judgeWriteConcern(body['writeConcern'], server.mode) : undefined;
    const fields = await definition.handle(context);
    return unmet === undefined ? fields : { ...fields, writeConcernError: unmet };
  } catch (error) {
    if (scope.kind === 'transaction' && scope.session.state === 'open') server.sessions.abort(scope.session);
    throw error;
  }
}

/** The fields that say which session a command belongs to. */
export function readSessionFields(body: BsonDocument): SessionFields {
  const { txnNumber } = body;
  if (txnNumber !== undefined && typeof txnNumber !== 'number' && !(txnNumber instanceof Long)) {
    throw new CommandError(14, "BSON field 'txnNumber' is the wrong type, expected a long");
  }
  return {
    lsid: body['lsid'],
    txnNumber: txnNumber === undefined ? undefined : Number(txnNumber.toString()),
    startTransaction: flagField(body, 'startTransaction'),
    inTransaction: body['autocommit'] === false,
  };
}

function checkMode({ mode }: ServerState, { txnNumber }: SessionFields): void {
  if (mode === 'standalone' && txnNumber !== undefined) {
    throw new CommandError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
  }
}

function checkTransaction(
  { name, scope, body }: CommandContext,
  definition: CommandDefinition,
  fields: SessionFields,
): void {
  if (scope.kind !== 'transaction') return;
  const ends = name === 'commitTransaction' || name === 'abortTransaction';
  if (!ends) checkOpen(scope);
  if (!definition.inTransaction) {
    throw new CommandError(263, `Cannot run '${name}' in a multi-document transaction.`);
  }
  if (!ends && body['writeConcern'] !== undefined) {
    throw new CommandError(72, 'writeConcern is not allowed within a multi-statement transaction');
  }
  if (!fields.startTransaction && body['readConcern'] !== undefined) {
    throw new CommandError(72, 'Only the first command in a transaction may specify a readConcern');
  }
}

function checkOpen({ session }: Extract<SessionScope, { kind: 'transaction' }>): void {
  if (session.state === 'committed') {
    throw new CommandError(256, `Transaction ${session.txnNumber} has been committed.`);
  }
  if (session.state !== 'open') throw noSuchTransaction(session.txnNumber);
}

function checkReadConcern(body: BsonDocument, { inTransaction }: SessionFields): void {
  const concern = body['readConcern'];
  if (concern === undefined) return;
  if (!isDocument(concern)) throw new CommandError(9, 'readConcern must be an object');
  const { level = 'local', ...others } = concern;
  const unknown = Object.keys(others).find((field) => field !== 'afterClusterTime');
  if (unknown !== undefined)
    throw new CommandError(238, `this server does not implement readConcern.${unknown}`);
  if (typeof level === 'string' && READ_LEVELS.has(level)) return;
  if (level !== 'snapshot') throw new CommandError(9, 'readConcern.level must be one that the server knows');
  if (!inTransaction) {
    throw new CommandError(238, 'this server implements read concern snapshot in transactions only');
  }
}

function clusterTimes({ mode, clock }: ServerState): BsonDocument {
  if (mode === 'standalone') return {};
  const time = operationTime(new Date(clock.now()));
  const signature = { hash: new Binary(new Uint8Array(20)), keyId: Long.ZERO };
  return { $clusterTime: { clusterTime: time, signature }, operationTime: time };
}
