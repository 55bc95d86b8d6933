import type { Migration } from '../migrate.ts';

/**
 * Where graphs stand: one row per checkpoint, the channel values that were new in it, and the writes of the tasks that
 * ran on it. `sources` names, for each channel, the checkpoint that holds its value. Values as serialised.
 */
export const checkpointsMigration: Migration = {
  name: 'checkpoints',
  statements: [
    `CREATE TABLE checkpoints (
      thread_id TEXT NOT NULL, namespace TEXT NOT NULL, checkpoint_id TEXT NOT NULL, parent_id TEXT,
      type TEXT NOT NULL, checkpoint BLOB NOT NULL, metadata_type TEXT NOT NULL, metadata BLOB NOT NULL,
      sources TEXT NOT NULL,
      PRIMARY KEY (thread_id, namespace, checkpoint_id)
    ) STRICT`,
    `CREATE TABLE checkpoint_values (
      thread_id TEXT NOT NULL, namespace TEXT NOT NULL, checkpoint_id TEXT NOT NULL, channel TEXT NOT NULL,
      type TEXT NOT NULL, value BLOB NOT NULL,
      PRIMARY KEY (thread_id, namespace, checkpoint_id, channel)
    ) STRICT`,
    `CREATE TABLE checkpoint_writes (
      thread_id TEXT NOT NULL, namespace TEXT NOT NULL, checkpoint_id TEXT NOT NULL, task_id TEXT NOT NULL,
      position INTEGER NOT NULL, task_path TEXT NOT NULL, channel TEXT NOT NULL, type TEXT NOT NULL,
      value BLOB NOT NULL,
      PRIMARY KEY (thread_id, namespace, checkpoint_id, task_id, position)
    ) STRICT`,
  ],
};
