import type { Database } from '@jamie/database';

/** The latest time at which something was recorded as done, in milliseconds; 0 when nothing was. */
export function latestRecordedAt(database: Database): number {
  const row = database.get(
    `SELECT max(
       coalesce((SELECT max(finished_at) FROM inbox WHERE finished_at IS NOT NULL), 0),
       coalesce((SELECT max(finished_at) FROM jobs WHERE finished_at IS NOT NULL), 0),
       coalesce((SELECT max(taken_at) FROM outbox WHERE taken_at IS NOT NULL), 0)) AS at`,
  );
  return Number(row?.['at']);
}
