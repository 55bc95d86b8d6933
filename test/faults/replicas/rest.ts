import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

/** How soon after the last fault everything must have come to its visible end. */
export const DEADLINE_MS = 150_000;
const POLL_MS = 200;

/** Whether the database of this run holds nothing that is still to be done now; jobs of later are not. */
export function isIdle(directory: string): boolean {
  const database = new DatabaseSync(join(directory, 'data', 'jamie.db'), { readOnly: true, timeout: 5_000 });
  try {
    const open = `SELECT (SELECT count(*) FROM inbox WHERE finished_at IS NULL) +
      (SELECT count(*) FROM outbox WHERE taken_at IS NULL) +
      (SELECT count(*) FROM jobs WHERE name <> 'operations.expire' AND status IN ('active', 'waiting')) AS count`;
    return database.prepare(open).get()?.['count'] === 0;
  } finally {
    database.close();
  }
}

/** Looks until it is so; false when that takes longer than the deadline. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + DEADLINE_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) return false;
    await sleep(POLL_MS);
  }
  return true;
}
