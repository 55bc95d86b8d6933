import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isOpsError, OpsError } from '@jamie/core';
import { inaccessible, toDatabaseError } from './database-error.ts';

/** The right of one process to use a data directory. */
export interface DataDirectoryLock {
  /** Idempotent. */
  release(): void;
}

// A connection that nobody refers to is closed by the garbage collector, and its lock with it.
const held = new Set<DatabaseSync>();

/**
 * Takes a data directory for this process, or throws `conflict` with the pid of the process that has it. The lock is
 * the operating system's on an open file, so it ends with the process however that ends, kill -9 included; it is
 * apart from the database, which any thread of this process may open.
 * Fails with config_invalid where the directory cannot be made or written.
 */
export function lockDataDirectory(directory: string): DataDirectoryLock {
  const path = join(directory, 'jamie.lock');
  const ownerPath = join(directory, 'jamie.lock.pid');
  const connection = openLockFile(directory, path);
  try {
    connection.exec('BEGIN EXCLUSIVE');
    writeFileSync(ownerPath, `${process.pid}\n`);
  } catch (error) {
    connection.close();
    const translated = toDatabaseError(error, path);
    throw isOpsError(translated, 'unavailable') ? ownedByAnother(directory, ownerPath, error) : translated;
  }
  held.add(connection);
  return {
    release() {
      if (held.delete(connection)) connection.close();
    },
  };
}

function openLockFile(directory: string, path: string): DatabaseSync {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return new DatabaseSync(path, { timeout: 0 });
  } catch (error) {
    throw inaccessible(path, error);
  }
}

function ownedByAnother(directory: string, ownerPath: string, cause: unknown): OpsError {
  const pid = readOwner(ownerPath);
  const owner = pid === undefined ? 'Another process' : `Process ${pid}`;
  return new OpsError('conflict', 'the data directory is in use by another process', {
    cause,
    details: { directory, pid },
    userMessage: `${owner} is using the data directory ${directory}, and only one may. Stop it first, or name another directory in JAMIE_DATA_DIR.`,
  });
}

function readOwner(ownerPath: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(ownerPath, 'utf8'), 10);
    return Number.isNaN(pid) ? undefined : pid;
  } catch {
    // Only the wording of the message depends on it, and the owner may be writing it just now.
    return undefined;
  }
}
