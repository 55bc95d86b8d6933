import type { Inbox, Store } from '@jamie/core';
import { type Database, openDatabase } from '@jamie/database';
import { sha256, systemClock } from '@jamie/runtime';
import { openSqliteInbox, openSqliteStore } from '@jamie/store';
import { unless } from './changes/change.ts';

const ALL = 10_000;

/** What a data directory holds, opened beside the program or after it. */
export interface TrialRecords {
  readonly store: Store;
  readonly inbox: Inbox;
  readonly database: Database;
}

/** Opens the records of a data directory for as long as `read` takes. */
export async function withRecords<Result>(
  directory: string,
  read: (records: TrialRecords) => Promise<Result>,
): Promise<Result> {
  const database = openDatabase({ directory });
  const store = openSqliteStore({ database, digest: sha256, clock: systemClock });
  const inbox = openSqliteInbox({ database, clock: systemClock });
  try {
    return await read({ store, inbox, database });
  } finally {
    await inbox.close();
    await store.close();
    database.close();
  }
}

/** What was acknowledged or promised and is not done yet; empty when all is. */
export function whatIsLeft(directory: string): Promise<readonly string[]> {
  return withRecords(directory, findLeft);
}

export async function findLeft({ store, inbox, database }: TrialRecords): Promise<readonly string[]> {
  const open = await inbox.listOpen(ALL);
  const outbox = await store.listOutbox(ALL);
  const jobs = database.all("SELECT name, status, last_error FROM jobs WHERE status = 'failed'");
  return [
    ...unless(open.length === 0, `${open.length} deliveries left open`),
    ...unless(outbox.length === 0, `${outbox.length} entries left in the outbox`),
    ...unless(jobs.length === 0, `failed jobs: ${JSON.stringify(jobs)}`),
  ];
}
