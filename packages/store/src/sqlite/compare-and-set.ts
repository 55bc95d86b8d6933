import type { Database, SqlValue } from '@jamie/database';
import { type ChangeOutcome, requireNextVersion } from '../change-outcome.ts';

/** Runs an INSERT that leaves existing rows alone. */
export function insertOnce(database: Database, sql: string, ...values: readonly SqlValue[]): ChangeOutcome {
  return database.run(`${sql} ON CONFLICT DO NOTHING`, ...values) === 1 ? 'applied' : 'already_exists';
}

export interface VersionedUpdate {
  readonly table: 'plans' | 'conversations' | 'requests' | 'messages';
  readonly id: string;
  readonly expectedVersion: number;
  readonly version: number;
  readonly record: string;
  /** Columns that mirror the record, by name. */
  readonly columns: Readonly<Record<string, SqlValue>>;
}

/**
 * Replaces a record whose stored version is the expected one. Throws invalid_input unless the new version is the
 * next one.
 */
export function compareAndSet(database: Database, update: VersionedUpdate): ChangeOutcome {
  const { table, id, expectedVersion, version, record, columns } = update;
  requireNextVersion(version, expectedVersion);
  const names = Object.keys(columns);
  const assignments = ['version', 'record', ...names].map((name) => `${name} = ?`).join(', ');
  const changed = database.run(
    `UPDATE OR IGNORE ${table} SET ${assignments} WHERE id = ? AND version = ?`,
    ...[version, record, ...Object.values(columns), id, expectedVersion],
  );
  if (changed === 1) return 'applied';
  const stored = database.get(`SELECT version FROM ${table} WHERE id = ?`, id);
  if (stored === undefined) return 'not_found';
  // The right version and yet not written: another row has one of the unique values.
  return stored['version'] === expectedVersion ? 'already_exists' : 'version_mismatch';
}

export interface VersionedPut {
  readonly table: 'defaults' | 'delegations' | 'healing_cases';
  readonly key: readonly [column: string, value: string];
  readonly expectedVersion: number;
  readonly version: number;
  readonly record: string;
  /** Columns that mirror the record, by name. */
  readonly columns?: Readonly<Record<string, SqlValue>>;
}

/**
 * Writes a record whose stored version is the expected one; none is version 0. Throws invalid_input unless the new
 * version is the next one.
 */
export function putVersioned(database: Database, put: VersionedPut): ChangeOutcome {
  const { table, key, expectedVersion, version, record, columns = {} } = put;
  const [keyColumn, keyValue] = key;
  requireNextVersion(version, expectedVersion);
  const stored = database.get(`SELECT version FROM ${table} WHERE ${keyColumn} = ?`, keyValue);
  if ((stored?.['version'] ?? 0) !== expectedVersion) return 'version_mismatch';
  const row = { [keyColumn]: keyValue, version, record, ...columns };
  const names = Object.keys(row);
  database.run(
    `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
     ON CONFLICT DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    ...Object.values(row),
  );
  return 'applied';
}
