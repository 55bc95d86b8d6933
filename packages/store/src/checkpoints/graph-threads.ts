import type { Database } from '@jamie/database';

/** Which graphs have state, told without the graph library: sweeping must cost nothing while no graph has run. */
export interface GraphThreads {
  has(threadId: string): Promise<boolean>;
  /** Ids of threads that have state, after `afterId` in the order of their ids; at most `limit`. */
  list(afterId: string, limit: number): Promise<readonly string[]>;
  /** Forgets all state of a thread; does nothing where there is none. */
  delete(threadId: string): Promise<void>;
}

/** Reads the tables of the checkpoint saver. The database belongs to the caller. Fails as the database does. */
export function openGraphThreads(database: Database): GraphThreads {
  return {
    has: async (threadId) =>
      database.get('SELECT 1 FROM checkpoints WHERE thread_id = ? LIMIT 1', threadId) !== undefined,
    list: async (afterId, limit) =>
      database
        .all(
          'SELECT DISTINCT thread_id FROM checkpoints WHERE thread_id > ? ORDER BY thread_id LIMIT ?',
          afterId,
          limit,
        )
        .map((row) => String(row['thread_id'])),
    delete: async (threadId) => deleteGraphThread(database, threadId),
  };
}

/** All rows of one thread, in one transaction. */
export function deleteGraphThread(database: Database, threadId: string): void {
  database.transaction(() => {
    database.run('DELETE FROM checkpoint_writes WHERE thread_id = ?', threadId);
    database.run('DELETE FROM checkpoint_values WHERE thread_id = ?', threadId);
    database.run('DELETE FROM checkpoints WHERE thread_id = ?', threadId);
  });
}
