import type { BsonDocument } from './bson-document.ts';

/** The names that the server gives its codes (src/mongo/base/error_codes.yml). */
const CODE_NAMES = {
  1: 'InternalError',
  2: 'BadValue',
  9: 'FailedToParse',
  13: 'Unauthorized',
  14: 'TypeMismatch',
  18: 'AuthenticationFailed',
  20: 'IllegalOperation',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  50: 'MaxTimeMSExpired',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  54: 'NotSingleValueField',
  56: 'EmptyFieldName',
  59: 'CommandNotFound',
  64: 'WriteConcernTimeout',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  76: 'NoReplicationEnabled',
  79: 'UnknownReplWriteConcern',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  91: 'ShutdownInProgress',
  100: 'UnsatisfiableWriteConcern',
  112: 'WriteConflict',
  117: 'ConflictingOperationInProgress',
  125: 'CommandFailed',
  171: 'CannotIndexParallelArrays',
  189: 'PrimarySteppedDown',
  225: 'TransactionTooOld',
  238: 'NotImplemented',
  251: 'NoSuchTransaction',
  256: 'TransactionCommitted',
  262: 'ExceededTimeLimit',
  263: 'OperationNotSupportedInTransaction',
  290: 'TransactionExceededLifetimeLimitSeconds',
  352: 'UnsupportedOpQueryCommand',
  10107: 'NotWritablePrimary',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
  11600: 'InterruptedAtShutdown',
  11601: 'Interrupted',
  11602: 'InterruptedDueToReplStateChange',
  13435: 'NotPrimaryNoSecondaryOk',
  13436: 'NotPrimaryOrSecondary',
} as const satisfies Record<number, string>;

/** The name of a code; the server names the ones that it does not list after their location. */
export function codeName(code: number): string {
  const names: Readonly<Record<number, string>> = CODE_NAMES;
  return names[code] ?? `Location${code}`;
}

export interface CommandErrorDetails {
  readonly errorLabels?: readonly string[];
  /** Fields that stand beside code and message, such as keyPattern and keyValue. */
  readonly fields?: BsonDocument;
}

/** How one command, or one statement of it, fails on the wire. Never leaves the double. */
export class CommandError extends Error {
  readonly code: number;
  readonly errorLabels: readonly string[];
  readonly fields: BsonDocument;

  constructor(code: number, message: string, details: CommandErrorDetails = {}) {
    super(message);
    this.code = code;
    this.errorLabels = details.errorLabels ?? [];
    this.fields = details.fields ?? {};
  }
}

/** The answer to a command that failed as a whole. */
export function errorReply(error: CommandError): BsonDocument {
  return {
    ok: 0,
    errmsg: error.message,
    code: error.code,
    codeName: codeName(error.code),
    ...error.fields,
    ...(error.errorLabels.length > 0 && { errorLabels: error.errorLabels }),
  };
}

/** What a transaction answers that must begin again from its start. */
export function transientError(code: number, message: string): CommandError {
  return new CommandError(code, message, { errorLabels: ['TransientTransactionError'] });
}
