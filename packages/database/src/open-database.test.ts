import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { isOpsError, type OpsError } from '@jamie/core';
import { createTemporaryDirectory, type TemporaryDirectory } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { damageRequestIndex } from './damage-index.fixture.ts';
import { openDatabase } from './open-database.ts';

const INSERT = 'INSERT INTO requests (id, version, record) VALUES (?, 1, ?)';

function failureOf(work: () => unknown): OpsError {
  try {
    work();
  } catch (error) {
    if (isOpsError(error)) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

describe('openDatabase', () => {
  let directory: TemporaryDirectory;
  let path: string;

  beforeEach(() => {
    directory = createTemporaryDirectory();
    path = join(directory.path, 'jamie.db');
  });

  afterEach(() => directory.remove());

  const open = (options: { maxBytes?: number; busyTimeoutMs?: number } = {}) =>
    openDatabase({ directory: directory.path, ...options });
  const count = (table: string) => {
    const database = open();
    const rows = database.get(`SELECT count(*) AS rows FROM ${table}`)?.['rows'];
    database.close();
    return rows;
  };

  it('makes its files for this user alone, also in a directory that is open to others', () => {
    chmodSync(directory.path, 0o755);
    const database = open();
    database.run(INSERT, 'r_1', '{}');
    for (const name of [path, `${path}-wal`]) expect(statSync(name).mode & 0o777).toBe(0o600);
    database.close();
  });

  it('makes a directory for this user alone, with a database that syncs every commit', () => {
    const nested = join(directory.path, 'a', 'b');
    const database = openDatabase({ directory: nested });
    expect(statSync(nested).mode & 0o777).toBe(0o700);
    expect(database.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
    expect(database.get('PRAGMA synchronous')).toEqual({ synchronous: 2 });
    expect(database.get('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 });
    database.close();
  });

  it('keeps what was committed for the next opening', () => {
    const database = open();
    database.run(INSERT, 'r1', '{}');
    database.close();
    expect(count('requests')).toBe(1);
  });

  it('says unavailable, with nothing written, when the disk is full, and goes on once there is room', () => {
    const filled = open();
    filled.transaction(() => {
      for (let index = 0; index < 20; index += 1)
        filled.run(INSERT, `r${index}`, JSON.stringify('x'.repeat(4_000)));
    });
    filled.close();
    const database = open({ maxBytes: statSync(path).size });
    const failure = failureOf(() =>
      database.transaction(() => {
        for (let index = 0; index < 50; index += 1)
          database.run(INSERT, `new${index}`, JSON.stringify('x'.repeat(4_000)));
      }),
    );
    expect(failure).toMatchObject({ code: 'unavailable', retryable: true });
    expect(failure.userMessage).toMatch(/no space left.*nothing was written.*Free some space/s);
    database.run("DELETE FROM requests WHERE id IN ('r1', 'r2', 'r3')");
    database.run(INSERT, 'small', '{}');
    database.close();
    expect(count('requests')).toBe(18);
  });

  it('keeps every commit that returned when the operating system refuses to write more', () => {
    open().close();
    const program = fileURLToPath(new URL('./filling-process.contract.ts', import.meta.url));
    const command = `ulimit -f 400; exec "${process.execPath}" --disable-warning=ExperimentalWarning "${program}" "${directory.path}"`;
    const report = JSON.parse(execFileSync('sh', ['-c', command], { encoding: 'utf8', env: {} })) as {
      committed: number;
      code: string;
      userMessage: string;
    };
    expect(report.code).toBe('unavailable');
    expect(report.userMessage).toMatch(/nothing was written/);
    expect(report.committed).toBeGreaterThan(0);
    expect(count('requests')).toBe(report.committed);
  });

  it('says unavailable when another connection keeps its write lock past the timeout', () => {
    const database = open({ busyTimeoutMs: 20 });
    const other = new DatabaseSync(path);
    other.exec('BEGIN IMMEDIATE');
    const failure = failureOf(() => database.run(INSERT, 'r1', '{}'));
    expect(failure).toMatchObject({ code: 'unavailable', retryable: true });
    expect(failure.userMessage).toMatch(/locked by another program.*nothing was written.*try again/s);
    expect(database.get('SELECT count(*) AS rows FROM requests')).toEqual({ rows: 0 });
    other.exec('ROLLBACK');
    other.close();
    database.run(INSERT, 'r1', '{}');
    database.close();
  });

  it('refuses a file that is no database and leaves it as it is', () => {
    writeFileSync(path, 'this is a letter, not a database. '.repeat(100));
    const before = readFileSync(path);
    const failure = failureOf(() => open());
    expect(failure).toMatchObject({ code: 'internal' });
    expect(failure.userMessage).toMatch(/damaged.*backup/s);
    expect(readFileSync(path)).toEqual(before);
  });

  it('refuses a database with a damaged page', () => {
    const database = open();
    for (let index = 0; index < 200; index += 1)
      database.run(INSERT, `r${index}`, JSON.stringify('x'.repeat(500)));
    database.close();
    const file = openSync(path, 'r+');
    const pages = Math.floor(statSync(path).size / 4_096);
    for (let page = Math.floor(pages / 2); page < pages; page += 1) {
      writeSync(file, Buffer.alloc(4_096, 0x5a), 0, 4_096, page * 4_096);
    }
    closeSync(file);
    const failure = failureOf(() => open());
    expect(failure).toMatchObject({ code: 'internal', retryable: false });
    expect(failure.userMessage).toMatch(/is damaged \(.+\).*backup/s);
  });

  it('tells whoever opened it of damage that a call meets later, beside the failure of the call', () => {
    open().close();
    damageRequestIndex(path);
    const told: OpsError[] = [];
    const database = openDatabase({ directory: directory.path, onDamage: (error) => told.push(error) });
    expect(told).toEqual([]);
    const openRequests =
      "SELECT id FROM requests INDEXED BY requests_open WHERE json_extract(record, '$.status') = 'open'";
    const failure = failureOf(() => database.get(openRequests));
    expect(failure).toMatchObject({ code: 'internal' });
    expect(failure.userMessage).toMatch(/is damaged/);
    expect(told).toEqual([failure]);
    failureOf(() => database.run('no SQL at all'));
    expect(told).toHaveLength(1);
    database.close();
  });

  it('refuses the database of another program and leaves it as it is', () => {
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE bookmarks (url TEXT); PRAGMA user_version = 2');
    other.close();
    const before = readFileSync(path);
    expect(failureOf(() => open())).toMatchObject({ code: 'config_invalid' });
    expect(readFileSync(path)).toEqual(before);
  });

  it('refuses a database that a newer version wrote, names both versions, and changes nothing', () => {
    const database = open();
    database.run('PRAGMA user_version = 99');
    database.close();
    const failure = failureOf(() => open());
    expect(failure).toMatchObject({ code: 'config_invalid', retryable: false });
    expect(failure.userMessage).toMatch(/newer version.*schema 99, this one knows \d+/s);
    const again = new DatabaseSync(path);
    expect(again.prepare('PRAGMA user_version').get()).toEqual({ user_version: 99 });
    again.close();
  });

  it('refuses a directory that cannot be made', () => {
    writeFileSync(join(directory.path, 'file'), '');
    const failure = failureOf(() => openDatabase({ directory: join(directory.path, 'file', 'data') }));
    expect(failure).toMatchObject({ code: 'config_invalid' });
    expect(failure.userMessage).toMatch(/JAMIE_DATA_DIR/);
  });

  it('refuses a file that this user may not write', () => {
    open().close();
    chmodSync(path, 0o400);
    chmodSync(directory.path, 0o500);
    // Permissions do not bind root, but /proc takes a new file from nobody.
    const isRoot = process.getuid?.() === 0;
    const failure = failureOf(() => openDatabase({ directory: isRoot ? '/proc/self' : directory.path }));
    chmodSync(directory.path, 0o700);
    expect(failure).toMatchObject({ code: 'config_invalid' });
  });
});
