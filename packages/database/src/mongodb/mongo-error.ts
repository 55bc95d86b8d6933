import { isOpsError, OpsError, type OpsErrorCode } from '@jamie/core';
import { MongoError, MongoErrorLabel, MongoServerError } from 'mongodb';

/** Codes of the server: https://www.mongodb.com/docs/manual/reference/error-codes/ */
const WRITE_CONFLICT = 112;
const DUPLICATE_KEY = 11_000;
const ACCESS: ReadonlySet<unknown> = new Set([13, 18, 33, 8_000]);
const TIME_LIMIT: ReadonlySet<unknown> = new Set([50, 64, 202, 262]);
const AWAY: ReadonlySet<unknown> = new Set([
  6, 7, 89, 91, 100, 133, 189, 216, 317, 9_001, 10_107, 11_600, 11_602, 13_435, 13_436, 14_031, 251,
]);
/** Names of the driver's own errors; its classes are many and their family tree changes between versions. */
const TIMEOUTS: ReadonlySet<string> = new Set(['MongoNetworkTimeoutError', 'MongoOperationTimeoutError']);
const OPTIONS: ReadonlySet<string> = new Set([
  'MongoParseError',
  'MongoInvalidArgumentError',
  'MongoMissingCredentialsError',
]);

/** Names the database to people: the hosts, never the credentials. */
export interface DatabasePlace {
  readonly hosts: string;
  readonly name: string;
}

/**
 * Translates what the driver throws, once. Network, elections and a full disk are `unavailable`, time limits are
 * `timeout`, what we may not do and what the address says wrongly is `config_invalid`, the rest `internal`.
 */
export function toMongoError(error: unknown, place: DatabasePlace): OpsError {
  if (isOpsError(error)) return error;
  const code = codeOf(error);
  return new OpsError(code, MESSAGES[code] ?? 'the database failed', {
    cause: error,
    details: { ...place, ...(error instanceof MongoServerError && { serverCode: error.code }) },
    ...(code !== 'internal' && { userMessage: userMessage(code, place) }),
  });
}

const MESSAGES: Partial<Record<OpsErrorCode, string>> = {
  config_invalid: 'the database refuses this program',
  timeout: 'the database took too long',
  unavailable: 'the database cannot be reached',
};

function codeOf(error: unknown): 'config_invalid' | 'timeout' | 'unavailable' | 'internal' {
  if (error instanceof MongoServerError) {
    if (ACCESS.has(error.code)) return 'config_invalid';
    if (TIME_LIMIT.has(error.code)) return 'timeout';
    return AWAY.has(error.code) || error.code === WRITE_CONFLICT ? 'unavailable' : 'internal';
  }
  if (!(error instanceof MongoError)) return 'internal';
  if (TIMEOUTS.has(error.name)) return 'timeout';
  return OPTIONS.has(error.name) ? 'config_invalid' : 'unavailable';
}

function userMessage(code: OpsErrorCode, { hosts, name }: DatabasePlace): string {
  switch (code) {
    case 'config_invalid':
      return `MongoDB at ${hosts} refuses this program. Check the user and password in MONGODB_URL and that the user may read and write the database ${name}.`;
    case 'timeout':
      return `MongoDB at ${hosts} took too long to answer. Check the load on it and that a majority of its members is up; then try again.`;
    default:
      return `MongoDB at ${hosts} does not answer. Check that it runs, that it has a primary, and that this machine reaches it; then try again.`;
  }
}

export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY;
}

/** Another transaction was first; this one is undone and may be tried again at once. */
export function isWriteConflict(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === WRITE_CONFLICT;
}

/** The transaction is undone, for a reason that passes. */
export function isTransient(error: unknown): boolean {
  return error instanceof MongoError && error.hasErrorLabel(MongoErrorLabel.TransientTransactionError);
}
