import type { Migration } from '../migrate.ts';

/** The messages that wait to be posted to the same channel. `sequence` is their order, whatever the clock says. */
export const slackLineMigration: Migration = {
  name: 'slack-line',
  statements: [
    `CREATE TABLE slack_line (
      sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, message_id TEXT NOT NULL,
      is_urgent INTEGER NOT NULL, may_roll_up INTEGER NOT NULL, seen_at INTEGER NOT NULL, UNIQUE (key, message_id)
    ) STRICT`,
  ],
};
