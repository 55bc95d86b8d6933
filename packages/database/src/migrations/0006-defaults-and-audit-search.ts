import type { Migration } from '../migrate.ts';

/**
 * Where people and channels look unless told otherwise, the open requests of one conversation, and what the audit
 * record is searched by. The searched fields are computed from the entry, so that no row of an append-only table
 * changes; an entry that is no JSON has none of them and fails nothing before it is read.
 */
export const defaultsAndAuditSearchMigration: Migration = {
  name: 'defaults and audit search',
  statements: [
    `CREATE TABLE defaults (
      scope TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, record TEXT NOT NULL
    ) STRICT`,
    `CREATE INDEX requests_open_by_conversation
      ON requests (json_extract(record, '$.conversationId'), json_extract(record, '$.receivedAt'))
      WHERE json_extract(record, '$.status') = 'open'`,
    `ALTER TABLE audit ADD COLUMN plan_id TEXT GENERATED ALWAYS AS
      (CASE WHEN json_valid(entry) THEN json_extract(entry, '$.planId') END) VIRTUAL`,
    `ALTER TABLE audit ADD COLUMN kind TEXT GENERATED ALWAYS AS
      (CASE WHEN json_valid(entry) THEN json_extract(entry, '$.kind') END) VIRTUAL`,
    `ALTER TABLE audit ADD COLUMN at ANY GENERATED ALWAYS AS
      (CASE WHEN json_valid(entry) THEN json_extract(entry, '$.at') END) VIRTUAL`,
    'CREATE INDEX audit_by_plan ON audit (plan_id, sequence) WHERE plan_id IS NOT NULL',
  ],
};
