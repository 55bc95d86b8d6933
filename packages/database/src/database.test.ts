import { createTemporaryDirectory, type TemporaryDirectory } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from './database.ts';
import { openDatabase } from './open-database.ts';

describe('SqliteDatabase', () => {
  let directory: TemporaryDirectory;
  let database: Database;

  beforeEach(() => {
    directory = createTemporaryDirectory();
    database = openDatabase({ directory: directory.path });
    database.run('CREATE TABLE notes (id TEXT PRIMARY KEY)');
  });

  afterEach(() => {
    database.close();
    directory.remove();
  });

  const add = (id: string) => database.run('INSERT INTO notes (id) VALUES (?)', id);
  const ids = () => database.all('SELECT id FROM notes ORDER BY id').map((row) => row['id']);

  it('commits what the work wrote and returns its result', () => {
    expect(
      database.transaction(() => {
        add('a');
        return 42;
      }),
    ).toBe(42);
    expect(ids()).toEqual(['a']);
  });

  it('rolls back when the work throws, and passes the error on', () => {
    const attempt = () =>
      database.transaction(() => {
        add('a');
        throw new TypeError('bug');
      });
    expect(attempt).toThrow(TypeError);
    expect(ids()).toEqual([]);
    add('b');
    expect(ids()).toEqual(['b']);
  });

  it('rolls back when the result is not worth keeping, and returns it', () => {
    const result = database.transaction(
      () => {
        add('a');
        return 'conflict';
      },
      (outcome) => outcome !== 'conflict',
    );
    expect(result).toBe('conflict');
    expect(ids()).toEqual([]);
  });

  it('undoes an inner transaction alone', () => {
    database.transaction(() => {
      add('a');
      database.transaction(
        () => add('b'),
        () => false,
      );
      expect(() =>
        database.transaction(() => {
          add('c');
          add('a');
        }),
      ).toThrow(expect.objectContaining({ code: 'conflict' }));
      database.transaction(() => add('d'));
    });
    expect(ids()).toEqual(['a', 'd']);
  });

  it('undoes inner transactions with the outer one', () => {
    database.transaction(
      () => database.transaction(() => add('a')),
      () => false,
    );
    expect(ids()).toEqual([]);
  });

  it('syncs the disk with every transaction but those that may be lost with the power', () => {
    const isSynced = () => database.get('PRAGMA synchronous')?.['synchronous'] === 2;
    expect(database.unsynced(isSynced)).toBe(false);
    expect(isSynced()).toBe(true);
    expect(database.transaction(() => database.unsynced(isSynced))).toBe(true);
    expect(() =>
      database.unsynced(() => {
        add('a');
        throw new TypeError('bug');
      }),
    ).toThrow(TypeError);
    expect(isSynced()).toBe(true);
    expect(ids()).toEqual([]);
  });

  it('refuses work that is not synchronous, since it would end after the commit', () => {
    const attempt = () =>
      database.transaction(async () => {
        add('a');
      });
    expect(attempt).toThrow(expect.objectContaining({ code: 'internal' }));
    expect(ids()).toEqual([]);
  });

  it('names a violated constraint conflict', () => {
    add('a');
    expect(() => add('a')).toThrow(expect.objectContaining({ code: 'conflict' }));
  });

  it.each([[{ $ne: null }], [['a']], [undefined], [true]])('refuses %p as a value', (value) => {
    expect(() => add(value as unknown as string)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
    expect(() => database.get('SELECT 1 FROM notes WHERE id = ?', value as unknown as string)).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    );
  });

  it('names a statement that SQLite does not understand internal', () => {
    expect(() => database.run('SELEKT')).toThrow(expect.objectContaining({ code: 'internal' }));
  });

  it('refuses every call after close, and lets it be closed twice', () => {
    database.close();
    database.close();
    for (const call of [() => ids(), () => add('a'), () => database.transaction(() => 1)]) {
      expect(call).toThrow(expect.objectContaining({ code: 'unavailable', retryable: false }));
    }
  });
});
