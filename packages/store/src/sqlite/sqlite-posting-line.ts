import type { Clock, MessageId, PlaceInLine, PostingLine, WaitingPost } from '@jamie/core';
import type { Database } from '@jamie/database';

export interface SqlitePostingLineOptions {
  /** Belongs to the caller, who closes it. */
  readonly database: Database;
  readonly clock: Clock;
}

/** Whoever waits comes back within half a minute; who has not come for ten holds nobody up. */
const FORGOTTEN_MS = 600_000;

/** The lines of all processes of one data directory. */
export function openSqlitePostingLine({ database, clock }: SqlitePostingLineOptions): PostingLine {
  return {
    async wait(key, post) {
      const now = Math.round(clock.now());
      return database.transaction(() => {
        forget(database, key, now);
        return join(database, key, post, now);
      });
    },
    async listRollable(key, limit) {
      const sql = `SELECT message_id FROM slack_line WHERE key = ? AND may_roll_up = 1 ORDER BY sequence LIMIT ?`;
      return database.all(sql, key, limit).map((row) => String(row['message_id']) as MessageId);
    },
    async leave(key, messageIds) {
      const sql = 'DELETE FROM slack_line WHERE key = ? AND message_id IN (SELECT value FROM json_each(?))';
      if (messageIds.length > 0) database.run(sql, key, JSON.stringify(messageIds));
    },
  };
}

/** Either way of the clock, so that one that was set back keeps nobody in line. */
function forget(database: Database, key: string, now: number): void {
  database.run(
    'DELETE FROM slack_line WHERE key = ? AND (seen_at < ? OR seen_at > ?)',
    key,
    now - FORGOTTEN_MS,
    now + FORGOTTEN_MS,
  );
}

function join(database: Database, key: string, post: WaitingPost, now: number): PlaceInLine {
  const place = database.get(
    `INSERT INTO slack_line (key, message_id, is_urgent, may_roll_up, seen_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (key, message_id) DO UPDATE SET is_urgent = excluded.is_urgent,
       may_roll_up = excluded.may_roll_up, seen_at = excluded.seen_at
     RETURNING sequence`,
    key,
    post.messageId,
    Number(post.isUrgent),
    Number(post.mayRollUp),
    now,
  );
  const counts = database.get(
    `SELECT
       count(*) FILTER (WHERE is_urgent > ?2 OR (is_urgent = ?2 AND sequence < ?3)) AS ahead,
       count(*) FILTER (WHERE may_roll_up = 1) AS rollable
     FROM slack_line WHERE key = ?1`,
    key,
    Number(post.isUrgent),
    Number(place?.['sequence']),
  );
  return { ahead: Number(counts?.['ahead']), rollable: Number(counts?.['rollable']) };
}
