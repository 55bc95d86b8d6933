import { APPLICATION_ID } from '../application-id.ts';
import type { Migration } from '../migrate.ts';

/**
 * Conversations, requests, messages, plans, votes, intents, the freeze and the audit chain. `record` is the noun as
 * canonical JSON and alone holds the truth; the columns beside it are what is searched and compared.
 */
export const recordsMigration: Migration = {
  name: 'records',
  statements: [
    `PRAGMA application_id = ${APPLICATION_ID}`,
    `CREATE TABLE conversations (
      id TEXT NOT NULL PRIMARY KEY, place TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, record TEXT NOT NULL
    ) STRICT`,
    'CREATE TABLE requests (id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, record TEXT NOT NULL) STRICT',
    `CREATE TABLE messages (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, conversation_id TEXT NOT NULL,
      plan_id TEXT, at INTEGER NOT NULL, version INTEGER NOT NULL, record TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX messages_by_conversation ON messages (conversation_id, at, sequence)',
    'CREATE INDEX messages_by_plan ON messages (plan_id, at, sequence) WHERE plan_id IS NOT NULL',
    `CREATE TABLE plans (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, conversation_id TEXT NOT NULL,
      status TEXT NOT NULL, created_at INTEGER NOT NULL, version INTEGER NOT NULL, record TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX plans_by_age ON plans (created_at, sequence)',
    'CREATE INDEX plans_by_status ON plans (status, created_at, sequence)',
    'CREATE INDEX plans_by_conversation ON plans (conversation_id, created_at, sequence)',
    `CREATE TABLE votes (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, plan_id TEXT NOT NULL, principal_id TEXT NOT NULL,
      record TEXT NOT NULL, UNIQUE (plan_id, principal_id)
    ) STRICT`,
    `CREATE TABLE intents (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, plan_id TEXT NOT NULL,
      phase TEXT NOT NULL, step_id TEXT NOT NULL, record TEXT NOT NULL, UNIQUE (plan_id, phase, step_id)
    ) STRICT`,
    `CREATE TABLE freeze (
      only_row INTEGER PRIMARY KEY CHECK (only_row = 1), version INTEGER NOT NULL, record TEXT NOT NULL
    ) STRICT`,
    `CREATE TABLE audit (
      sequence INTEGER PRIMARY KEY, previous_hash TEXT NOT NULL, entry TEXT NOT NULL, hash TEXT NOT NULL
    ) STRICT`,
    `CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END`,
    `CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END`,
  ],
};
