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

/** Whether a process has its data directory for itself, or shares it with others that are told the same. */
export type DirectorySharing = 'one' | 'several';

/**
 * Takes a data directory for this process, alone or together with others, or throws `conflict` with the pid of a
 * process that has it otherwise. The lock is the operating system's on an open file, so it ends with the process
 * however that ends, kill -9 included; it is apart from the database, which any thread of this process may open.
 * Fails with config_invalid where the directory cannot be made or written.
 */
export function lockDataDirectory(directory: string, sharing: DirectorySharing = 'one'): DataDirectoryLock {
  const path = join(directory, 'jamie.lock');
  const ownerPath = join(directory, 'jamie.lock.pid');
  const connection = openLockFile(directory, path, sharing);
  try {
    takeLock(connection, sharing);
    writeFileSync(ownerPath, `${process.pid} ${sharing}\n`);
  } catch (error) {
    connection.close();
    const translated = toDatabaseError(error, path);
    throw isOpsError(translated, 'unavailable')
      ? ownedByAnother(directory, readOwner(ownerPath), sharing, error)
      : translated;
  }
  held.add(connection);
  return {
    release() {
      if (held.delete(connection)) connection.close();
    },
  };
}

function takeLock(connection: DatabaseSync, sharing: DirectorySharing): void {
  if (sharing === 'one') {
    connection.exec('BEGIN EXCLUSIVE');
    return;
  }
  connection.exec('BEGIN');
  // A transaction locks when it first reads, and keeps the lock while it is open.
  connection.prepare('SELECT count(*) FROM sqlite_schema').get();
}

/** Somebody who wants the directory alone blocks for a moment while he finds that he cannot have it. */
const SHARED_PATIENCE_MS = 500;

function openLockFile(directory: string, path: string, sharing: DirectorySharing): DatabaseSync {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return new DatabaseSync(path, { timeout: sharing === 'one' ? 0 : SHARED_PATIENCE_MS });
  } catch (error) {
    throw inaccessible(path, error);
  }
}

interface Owner {
  readonly pid?: number;
  readonly sharing: DirectorySharing;
}

function ownedByAnother(directory: string, owner: Owner, wanted: DirectorySharing, cause: unknown): OpsError {
  const who = owner.pid === undefined ? 'Another process' : `Process ${owner.pid}`;
  return new OpsError('conflict', 'the data directory is in use by another process', {
    cause,
    details: { directory, pid: owner.pid },
    userMessage: `${who} ${describe(directory, owner.sharing, wanted)} Or name another directory in JAMIE_DATA_DIR.`,
  });
}

function describe(directory: string, owned: DirectorySharing, wanted: DirectorySharing): string {
  if (wanted === 'several') {
    return `has the data directory ${directory} for itself. Stop it first, and start all that are to share it with JAMIE_REPLICAS=several.`;
  }
  return owned === 'several'
    ? `is using the data directory ${directory} together with others. Start this one with JAMIE_REPLICAS=several too, or stop them all first.`
    : `is using the data directory ${directory}, and only one may. Stop it first.`;
}

function readOwner(ownerPath: string): Owner {
  try {
    const [pidText = '', sharing] = readFileSync(ownerPath, 'utf8').trim().split(' ');
    const pid = Number.parseInt(pidText, 10);
    return {
      ...(!Number.isNaN(pid) && { pid }),
      sharing: sharing === 'several' ? 'several' : 'one',
    };
  } catch {
    // Only the wording of the message depends on it, and the owner may be writing it just now.
    return { sharing: 'one' };
  }
}
