import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { OpsError } from '@jamie/core';
import { databaseClosed, isDamage, toDatabaseError } from './database-error.ts';

export type SqlValue = string | number | bigint | null | Uint8Array;
export type SqlRow = Readonly<Record<string, SQLOutputValue>>;

/**
 * One connection to one SQLite file. Every call is synchronous and fails with OpsErrors only: unavailable (locked,
 * disk full, closed), conflict (a constraint), invalid_input (a value that is no SqlValue), internal (damaged).
 */
export interface Database {
  readonly path: string;
  /** Runs one statement that changes rows; returns how many. */
  run(sql: string, ...values: readonly SqlValue[]): number;
  /** The first row, if any. */
  get(sql: string, ...values: readonly SqlValue[]): SqlRow | undefined;
  all(sql: string, ...values: readonly SqlValue[]): readonly SqlRow[];
  /**
   * Runs `work` alone among writers (BEGIN IMMEDIATE) and commits: durable on disk when it returns. Rolls back when
   * `work` throws, or when `keep` says no to its result, which is returned all the same. A transaction within a
   * transaction is a savepoint of it.
   */
  transaction<T>(work: () => T, keep?: (result: T) => boolean): T;
  /**
   * Like transaction, but without the sync of the disk: others see it at once and a process that dies takes nothing with
   * it, while a machine that loses its power may take back what no later `transaction` has made durable, the last first.
   * For leases and the like, which mean nothing after a power cut. Within a transaction it is a part of that.
   */
  unsynced<T>(work: () => T): T;
  /** Idempotent. */
  close(): void;
}

/** Told of each call that found the file damaged, beside the failure of the call. */
export type OnDamage = (error: OpsError) => void;

/** Wraps an open connection. Statements are prepared once and kept: the set of texts must be bounded. */
export class SqliteDatabase implements Database {
  readonly path: string;
  readonly #connection: DatabaseSync;
  readonly #onDamage: OnDamage;
  readonly #statements = new Map<string, StatementSync>();
  #depth = 0;

  constructor(path: string, connection: DatabaseSync, onDamage: OnDamage = () => undefined) {
    this.path = path;
    this.#connection = connection;
    this.#onDamage = onDamage;
  }

  run(sql: string, ...values: readonly SqlValue[]): number {
    return this.#translated(() => Number(this.#prepare(sql).run(...values.map(requireSqlValue)).changes));
  }

  get(sql: string, ...values: readonly SqlValue[]): SqlRow | undefined {
    return this.#translated(() => this.#prepare(sql).get(...values.map(requireSqlValue)));
  }

  all(sql: string, ...values: readonly SqlValue[]): readonly SqlRow[] {
    return this.#translated(() => this.#prepare(sql).all(...values.map(requireSqlValue)));
  }

  transaction<T>(work: () => T, keep: (result: T) => boolean = () => true): T {
    const level = this.#depth;
    if (level > 0) this.#requireTransaction();
    this.run(level === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT level_${level}`);
    this.#depth += 1;
    try {
      const result = refusePromise(work());
      this.#requireTransaction();
      if (keep(result)) this.run(level === 0 ? 'COMMIT' : `RELEASE level_${level}`);
      else this.#rollback(level);
      return result;
    } catch (error) {
      this.#rollback(level);
      throw error;
    } finally {
      this.#depth = level;
    }
  }

  unsynced<T>(work: () => T): T {
    if (this.#depth > 0) return this.transaction(work);
    this.#setSynchronous('NORMAL');
    try {
      return this.transaction(work);
    } finally {
      if (this.#connection.isOpen) this.#setSynchronous('FULL');
    }
  }

  close(): void {
    if (!this.#connection.isOpen) return;
    this.#statements.clear();
    this.#translated(() => this.#connection.close());
  }

  /** SQLite takes this pragma when it compiles it, so that a statement that was kept would do nothing. */
  #setSynchronous(level: 'NORMAL' | 'FULL'): void {
    this.#translated(() => this.#connection.exec(`PRAGMA synchronous = ${level}`));
  }

  /** SQLite itself rolls the whole transaction back on some errors: a full disk, for one. */
  #requireTransaction(): void {
    if (this.#connection.isOpen && this.#connection.isTransaction) return;
    throw new OpsError('unavailable', 'the transaction was rolled back', { details: { path: this.path } });
  }

  #rollback(level: number): void {
    if (!this.#connection.isOpen || !this.#connection.isTransaction) return;
    this.run(level === 0 ? 'ROLLBACK' : `ROLLBACK TO level_${level}`);
    if (level > 0) this.run(`RELEASE level_${level}`);
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #translated<T>(call: () => T): T {
    if (!this.#connection.isOpen) throw databaseClosed(this.path);
    try {
      return call();
    } catch (error) {
      const failure = toDatabaseError(error, this.path);
      if (isDamage(failure)) this.#onDamage(failure);
      throw failure;
    }
  }
}

/** An object would be taken for a set of named parameters: an id like `{$ne: null}` must never get that far. */
function requireSqlValue(value: SqlValue): SqlValue {
  if (value === null || ArrayBuffer.isView(value)) return value;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  throw new OpsError('invalid_input', 'a database value must be a string, a number, bytes or null', {
    details: { type: typeof value },
  });
}

function refusePromise<T>(result: T): T {
  if (typeof result === 'object' && result !== null && 'then' in result) {
    throw new OpsError('internal', 'the work of a transaction must be synchronous');
  }
  return result;
}
