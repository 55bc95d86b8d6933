import type { Inbox, Store } from '@jamie/core';
import { openDatabase } from '@jamie/database';
import { openMongoDatabase } from '@jamie/database/mongodb';
import { sha256, systemClock } from '@jamie/runtime';
import { openSqliteInbox, openSqliteStore } from '@jamie/store';
import { openMongoInbox, openMongoStore } from '@jamie/store/mongodb';
import { RecordingLogger } from '@jamie/testing';
import { unless } from './changes/change.ts';

const ALL = 10_000;

/** Where the records of a trial are. */
export type RecordsPlace =
  | { readonly kind: 'sqlite'; readonly directory: string }
  | { readonly kind: 'mongodb'; readonly url: string; readonly name: string };

/** What a trial has recorded, opened beside the program or after it. */
export interface TrialRecords {
  readonly store: Store;
  readonly inbox: Inbox;
  /** Those of the embedded queue that nobody tries again. */
  listFailedJobs(): readonly object[];
}

/** Opens the records of a trial for as long as `read` takes. */
export async function withRecords<Result>(
  place: RecordsPlace,
  read: (records: TrialRecords) => Promise<Result>,
): Promise<Result> {
  const { close, ...records } = await openRecords(place);
  try {
    return await read(records);
  } finally {
    await records.inbox.close();
    await records.store.close();
    await close();
  }
}

async function openRecords(
  place: RecordsPlace,
): Promise<TrialRecords & { readonly close: () => Promise<void> }> {
  const clock = systemClock;
  if (place.kind === 'mongodb') {
    const database = await openMongoDatabase({ ...place, clock, logger: new RecordingLogger() });
    return {
      store: openMongoStore({ database, digest: sha256, clock }),
      inbox: openMongoInbox({ database, clock }),
      // They are on Redis.
      listFailedJobs: () => [],
      close: () => database.close(),
    };
  }
  const database = openDatabase({ directory: place.directory });
  return {
    store: openSqliteStore({ database, digest: sha256, clock }),
    inbox: openSqliteInbox({ database, clock }),
    listFailedJobs: () => database.all("SELECT name, status, last_error FROM jobs WHERE status = 'failed'"),
    close: async () => database.close(),
  };
}

/** What was acknowledged or promised and is not done yet; empty when all is. */
export function whatIsLeft(place: RecordsPlace): Promise<readonly string[]> {
  return withRecords(place, findLeft);
}

export async function findLeft({ store, inbox, listFailedJobs }: TrialRecords): Promise<readonly string[]> {
  const open = await inbox.listOpen(ALL);
  const outbox = await store.listOutbox(ALL);
  const jobs = listFailedJobs();
  return [
    ...unless(open.length === 0, `${open.length} deliveries left open`),
    ...unless(outbox.length === 0, `${outbox.length} entries left in the outbox`),
    ...unless(jobs.length === 0, `failed jobs: ${JSON.stringify(jobs)}`),
  ];
}
