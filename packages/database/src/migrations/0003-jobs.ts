import type { Migration } from '../migrate.ts';

/**
 * The outbox and the embedded queue. An outbox row that the queue has taken keeps its deduplication id until it is
 * pruned; so does a finished job.
 */
export const jobsMigration: Migration = {
  name: 'jobs',
  statements: [
    `CREATE TABLE outbox (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, deduplication_id TEXT NOT NULL UNIQUE, taken_at INTEGER,
      job TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX outbox_open ON outbox (sequence) WHERE taken_at IS NULL',
    'CREATE INDEX outbox_taken ON outbox (taken_at) WHERE taken_at IS NOT NULL',
    `CREATE TABLE jobs (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, deduplication_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
      payload TEXT NOT NULL, correlation_id TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('waiting', 'active', 'completed', 'failed')),
      -- When the job may be taken: its time while it waits, the end of its lease while it is active.
      due_at INTEGER NOT NULL,
      attempt INTEGER NOT NULL, owner TEXT, epoch INTEGER NOT NULL, losses INTEGER NOT NULL,
      finished_at INTEGER, last_error TEXT
    ) STRICT`,
    "CREATE INDEX jobs_due ON jobs (due_at, sequence) WHERE status IN ('waiting', 'active')",
    'CREATE INDEX jobs_finished ON jobs (finished_at) WHERE finished_at IS NOT NULL',
  ],
};
