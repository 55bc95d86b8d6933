import type { Migration } from '../migrate.ts';

/** Several processes and several workspaces: who handles a delivery, whose turn it is to post, what streams, where we are installed. */
export const slackWorkspacesMigration: Migration = {
  name: 'slack-workspaces',
  statements: [
    'ALTER TABLE inbox ADD COLUMN claimed_by TEXT',
    'ALTER TABLE inbox ADD COLUMN claimed_until INTEGER',
    `CREATE TABLE slack_turns (
      key TEXT NOT NULL PRIMARY KEY, next_at INTEGER NOT NULL, taken_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE slack_streams (
      channel_id TEXT NOT NULL, ts TEXT NOT NULL, request_id TEXT NOT NULL, started_at INTEGER NOT NULL,
      record TEXT NOT NULL, PRIMARY KEY (channel_id, ts)
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX slack_streams_by_request ON slack_streams (request_id, started_at)',
    'CREATE INDEX slack_streams_by_start ON slack_streams (started_at)',
    `CREATE TABLE slack_installations (
      team_id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, record TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
  ],
};
