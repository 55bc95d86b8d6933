import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OpsError } from '@jamie/core';
import { APPLICATION_ID } from './application-id.ts';
import { type Database, type OnDamage, SqliteDatabase } from './database.ts';
import { corruptDatabase, inaccessible, toDatabaseError } from './database-error.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';

export interface OpenDatabaseOptions {
  /** Made when it does not exist. What is made, the file too, only this user can read. */
  readonly directory: string;
  /** Default: `jamie.db`. */
  readonly fileName?: string;
  /** How long a call waits for another connection's write to end before it fails with `unavailable`. Default 2,000. */
  readonly busyTimeoutMs?: number;
  /**
   * Whether every page is looked at first (SQLite's quick_check, about 0.3 s per 100 MB). Default true; a second
   * connection of the same process need not repeat it.
   */
  readonly checkIntegrity?: boolean;
  /** Told when a call finds the file damaged once it is open, each time; the process should end. */
  readonly onDamage?: OnDamage;
  /** Refuses to grow beyond this size, as a full disk would. Default: no limit but the disk. */
  readonly maxBytes?: number;
}

/**
 * Opens or makes the database of a data directory, brought to the present schema. Several connections (one per
 * thread) may be open on the same file. Durable: write-ahead log, synchronous=FULL.
 * Fails, with the file untouched: config_invalid (no permission; another program's file; written by a newer
 * version), internal (damaged), unavailable (locked, disk full).
 */
export function openDatabase(options: OpenDatabaseOptions): Database {
  const path = join(options.directory, options.fileName ?? 'jamie.db');
  makeFile(options.directory, path);
  let isOpen = false;
  const connection = connect(path, options.busyTimeoutMs ?? 2_000);
  const database = new SqliteDatabase(path, connection, (error) => {
    if (isOpen) options.onDamage?.(error);
  });
  try {
    refuseForeignFile(database);
    configure(database, options);
    if (options.checkIntegrity ?? true) checkIntegrity(database);
    migrate(database, MIGRATIONS);
    isOpen = true;
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** For this user alone, whatever others may do in the directory; SQLite gives its log the mode of its file. */
function makeFile(directory: string, path: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    throw inaccessible(path, error);
  }
}

function connect(path: string, busyTimeoutMs: number): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true });
  } catch (error) {
    throw toDatabaseError(error, path);
  }
}

/** Before anything is written, the journal mode included. */
function refuseForeignFile(database: Database): void {
  const owner = database.get('PRAGMA application_id')?.['application_id'];
  if (owner === APPLICATION_ID) return;
  const content = database.get('SELECT count(*) AS tables FROM sqlite_schema')?.['tables'];
  if (owner === 0 && content === 0) return;
  throw new OpsError('config_invalid', 'the database belongs to another program', {
    details: { path: database.path, applicationId: owner },
    userMessage: `${database.path} is the database of another program, so it was left as it is. Name another directory in JAMIE_DATA_DIR.`,
  });
}

function configure(database: Database, options: OpenDatabaseOptions): void {
  database.get('PRAGMA journal_mode = WAL');
  // FULL syncs the log at every commit; NORMAL would lose the latest commits with the power.
  database.run('PRAGMA synchronous = FULL');
  if (options.maxBytes !== undefined) {
    const pageBytes = Number(database.get('PRAGMA page_size')?.['page_size']);
    database.get(`PRAGMA max_page_count = ${Math.max(1, Math.floor(options.maxBytes / pageBytes))}`);
  }
}

function checkIntegrity(database: Database): void {
  const findings = database.all('PRAGMA quick_check(5)').map((row) => String(row['quick_check']));
  if (findings.length === 1 && findings[0] === 'ok') return;
  throw corruptDatabase(database.path, findings.join('; '));
}
