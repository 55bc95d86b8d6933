import { isOpsError, OpsError, toOpsError } from '@jamie/core';

/** Primary result codes, the low byte of SQLite's extended ones: https://www.sqlite.org/rescode.html */
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const CONSTRAINT = 19;
const NOTADB = 26;

const DAMAGED = 'the database is damaged';

/**
 * Translates what node:sqlite throws, once, naming the file. Locked and full are `unavailable` (trying again may
 * succeed), corrupt is `internal`, what we may not open or write is `config_invalid`, a violated constraint is
 * `conflict`. In every case the transaction under way has been or will be rolled back: nothing is half written.
 */
export function toDatabaseError(error: unknown, path: string): OpsError {
  if (isOpsError(error)) return error;
  const resultCode = readResultCode(error);
  const details = { path, resultCode };
  switch (resultCode === undefined ? undefined : resultCode & 0xff) {
    case BUSY:
    case LOCKED:
      return new OpsError('unavailable', 'the database is locked by another connection', {
        cause: error,
        details,
        retryAfterMs: 1_000,
        userMessage: `The database ${path} is locked by another program, so nothing was written. Close what else has it open (a backup, an sqlite3 shell) and try again.`,
      });
    case FULL:
      return new OpsError('unavailable', 'the disk is full', {
        cause: error,
        details,
        userMessage: `There is no space left for ${path}, so nothing was written. Free some space on that disk and try again.`,
      });
    case IOERR:
      return new OpsError('unavailable', 'the disk failed a read or a write', {
        cause: error,
        details,
        userMessage: `Reading or writing ${path} failed, so nothing was written. Check that the disk has space, that no quota is reached, and its health; then try again.`,
      });
    case CORRUPT:
    case NOTADB:
      return corruptDatabase(path, toOpsError(error).message, error);
    case READONLY:
    case CANTOPEN:
      return inaccessible(path, error);
    case CONSTRAINT:
      return new OpsError('conflict', 'a database constraint was violated', { cause: error, details });
    default:
      return new OpsError('internal', 'the database failed', { cause: error, details });
  }
}

/** The refusal of a call after close. */
export function databaseClosed(path: string): OpsError {
  return new OpsError('unavailable', 'the database is closed', { details: { path }, retryable: false });
}

/** The refusal of a file that is not a sound database of ours. `problem` is what the check found. */
export function corruptDatabase(path: string, problem: string, cause?: unknown): OpsError {
  return new OpsError('internal', DAMAGED, {
    cause,
    details: { path, problem },
    userMessage: `The database ${path} is damaged (${problem}), so it was left as it is. Stop the program, keep a copy of the directory, and put a backup in its place, or move the file away to start empty.`,
  });
}

/** Whether a failure says that the file is no sound database: nothing that it answers can be trusted then. */
export function isDamage({ code, message }: OpsError): boolean {
  return code === 'internal' && message === DAMAGED;
}

/** The refusal of a file or directory that this user may not open, make or write. */
export function inaccessible(path: string, cause: unknown): OpsError {
  return new OpsError('config_invalid', 'the database cannot be opened for writing', {
    cause,
    details: { path },
    userMessage: `The database ${path} cannot be opened for writing. Make the directory and its files belong to the user who runs this program, or name another directory in JAMIE_DATA_DIR.`,
  });
}

function readResultCode(error: unknown): number | undefined {
  // Not `instanceof Error`: the error may come from another realm.
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode : undefined;
}
