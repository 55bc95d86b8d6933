import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createTemporaryDirectory, type TemporaryDirectory } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Database, SqliteDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';

/** A row for every table that a version has, so that no migration is only ever tried on empty tables. */
const ROWS_OF_VERSION: readonly (readonly string[])[] = [
  [
    "INSERT INTO conversations VALUES ('c1', '{}', 1, '{}')",
    "INSERT INTO requests VALUES ('r1', 1, '{}')",
    "INSERT INTO messages VALUES (1, 'm1', 'c1', NULL, 5, 1, '{}')",
    "INSERT INTO plans VALUES (1, 'p1', 'c1', 'approved', 5, 1, '{}')",
    "INSERT INTO votes VALUES (1, 'p1', 'u1', '{}')",
    "INSERT INTO intents VALUES (1, 'i1', 'p1', 'execute', 's1', '{}')",
    "INSERT INTO freeze VALUES (1, 1, '{}')",
    "INSERT INTO audit VALUES (1, '0', '{}', '1')",
  ],
  [
    "INSERT INTO inbox (sequence, id, record) VALUES (1, 'd1', '{}')",
    "INSERT INTO inbox_keys VALUES ('k1', 1)",
  ],
  [
    "INSERT INTO outbox VALUES (1, 'o1', NULL, '{}')",
    "INSERT INTO jobs VALUES (1, 'j1', 'n', '{}', 'c', 'waiting', 5, 0, NULL, 0, 0, NULL, NULL)",
  ],
  [
    "INSERT INTO checkpoints VALUES ('t1', '', 'k1', NULL, 'json', x'7b7d', 'json', x'7b7d', '{}')",
    "INSERT INTO checkpoint_values VALUES ('t1', '', 'k1', 'channel', 'json', x'7b7d')",
    "INSERT INTO checkpoint_writes VALUES ('t1', '', 'k1', 'task', 0, '', 'channel', 'json', x'7b7d')",
  ],
  // An index and no table.
  [],
  ["INSERT INTO defaults VALUES ('person:u1', 1, '{}')"],
  [
    "INSERT INTO slack_turns VALUES ('post:C1', 6, 5)",
    "INSERT INTO slack_streams VALUES ('C1', '1.0', 'r1', 5, '{}')",
    "INSERT INTO slack_installations VALUES ('T1', 1, '{}')",
  ],
  ["INSERT INTO slack_line VALUES (1, 'T1:C1', 'm1', 0, 1, 5)"],
  ["INSERT INTO audit_heads VALUES (1, '{}')", "INSERT INTO audit_removals VALUES (0, '{}')"],
  ["INSERT INTO delegations VALUES ('d1', 5, 1, '{}')"],
  ["INSERT INTO healing_cases VALUES ('h1', 'prod', 'waiting', 5, 1, '{}')"],
];

describe('migrate', () => {
  let directory: TemporaryDirectory;
  let connection: DatabaseSync;
  let database: Database;

  beforeEach(() => {
    directory = createTemporaryDirectory();
    connection = new DatabaseSync(join(directory.path, 'test.db'));
    database = new SqliteDatabase('test.db', connection);
  });

  afterEach(() => {
    database.close();
    directory.remove();
  });

  const schema = () =>
    database.all("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name");
  const tables = () =>
    schema()
      .filter((row) => row['type'] === 'table')
      .map((row) => String(row['name']));
  const rows = () =>
    Object.fromEntries(tables().map((table) => [table, database.all(`SELECT * FROM ${table}`)]));
  const version = () => database.get('PRAGMA user_version')?.['user_version'];

  it('is tested with rows in every table of every version', () => {
    expect(ROWS_OF_VERSION).toHaveLength(MIGRATIONS.length);
    migrate(database, MIGRATIONS);
    for (const statement of ROWS_OF_VERSION.flat()) database.run(statement);
    expect(Object.entries(rows()).filter(([, content]) => content.length === 0)).toEqual([]);
  });

  it.each(MIGRATIONS.map((_, index) => index))('brings version %i with its data to the last one', (from) => {
    migrate(database, MIGRATIONS.slice(0, from));
    for (const statement of ROWS_OF_VERSION.slice(0, from).flat()) database.run(statement);
    const before = rows();
    migrate(database, MIGRATIONS);
    expect(version()).toBe(MIGRATIONS.length);
    expect(rows()).toMatchObject(before);
    const migrated = schema();
    const fresh = new SqliteDatabase('fresh', new DatabaseSync(':memory:'));
    migrate(fresh, MIGRATIONS);
    expect(migrated).toEqual(
      fresh.all("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name"),
    );
  });

  it('changes nothing the second time', () => {
    migrate(database, MIGRATIONS);
    const before = schema();
    migrate(database, MIGRATIONS);
    expect(schema()).toEqual(before);
  });

  it('stays at the version it had when a migration fails half way', () => {
    migrate(database, MIGRATIONS.slice(0, 1));
    const before = schema();
    const failing = {
      name: 'failing',
      statements: ['CREATE TABLE half (id TEXT)', 'CREATE TABLE half (id TEXT)'],
    };
    expect(() => migrate(database, [...MIGRATIONS.slice(0, 1), failing])).toThrow(
      expect.objectContaining({ code: 'internal' }),
    );
    expect(schema()).toEqual(before);
    expect(version()).toBe(1);
  });

  it('refuses a newer version and changes nothing', () => {
    migrate(database, MIGRATIONS);
    expect(() => migrate(database, MIGRATIONS.slice(0, 1))).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    );
    expect(version()).toBe(MIGRATIONS.length);
  });

  it('brings an audit record that was damaged on disk along as it is', () => {
    migrate(database, MIGRATIONS.slice(0, 1));
    database.run("INSERT INTO audit VALUES (1, '0', '{no json', '1')");
    migrate(database, MIGRATIONS);
    expect(database.all('SELECT entry, plan_id FROM audit')).toEqual([{ entry: '{no json', plan_id: null }]);
  });

  it('lets nobody change or delete what the audit record says', () => {
    migrate(database, MIGRATIONS);
    database.run("INSERT INTO audit VALUES (1, '0', '{}', '1')");
    for (const statement of ["UPDATE audit SET entry = '[]'", 'DELETE FROM audit']) {
      expect(() => database.run(statement)).toThrow(expect.objectContaining({ code: 'conflict' }));
    }
  });

  it('lets records of the audit go up to a removal only, and heads and removals never', () => {
    migrate(database, MIGRATIONS);
    for (const sequence of [1, 2, 3]) database.run("INSERT INTO audit VALUES (?, '0', '{}', '1')", sequence);
    database.run("INSERT INTO audit_heads VALUES (2, '{}')");
    database.run("INSERT INTO audit_removals VALUES (2, '{}')");
    for (const table of ['audit', 'audit_heads', 'audit_removals']) {
      expect(() => database.run(`DELETE FROM ${table}`)).toThrow(
        expect.objectContaining({ code: 'conflict' }),
      );
    }
    for (const table of ['audit_heads', 'audit_removals']) {
      expect(() => database.run(`UPDATE ${table} SET record = '[]'`)).toThrow(
        expect.objectContaining({ code: 'conflict' }),
      );
    }
    database.run('DELETE FROM audit WHERE sequence <= 2');
    expect(database.all('SELECT sequence FROM audit')).toEqual([{ sequence: 3 }]);
  });
});
