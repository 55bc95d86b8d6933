import type { Migration } from '../migrate.ts';

/** What Slack delivered, and every key by which it may come again. A finished delivery stays until it is pruned. */
export const inboxMigration: Migration = {
  name: 'inbox',
  statements: [
    `CREATE TABLE inbox (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, finished_at INTEGER,
      record TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX inbox_open ON inbox (sequence) WHERE finished_at IS NULL',
    'CREATE INDEX inbox_finished ON inbox (finished_at) WHERE finished_at IS NOT NULL',
    `CREATE TABLE inbox_keys (
      key TEXT NOT NULL PRIMARY KEY,
      inbox_sequence INTEGER NOT NULL REFERENCES inbox (sequence) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX inbox_keys_by_delivery ON inbox_keys (inbox_sequence)',
  ],
};
