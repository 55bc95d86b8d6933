import { above, type MongoDatabase } from '@jamie/database/mongodb';

/** The latest time at which something was recorded as done, in milliseconds; 0 when nothing was. */
export async function mongoLatestRecordedAt(database: MongoDatabase): Promise<number> {
  const finished = await latest(database, 'inbox', 'finishedAt');
  const taken = await latest(database, 'outbox', 'takenAt');
  return Math.max(finished, taken);
}

async function latest(database: MongoDatabase, from: 'inbox' | 'outbox', field: string): Promise<number> {
  const collection = database.collection(from);
  const row = await collection.findFirst({ [field]: above(0) }, { sort: { [field]: -1 }, fields: [field] });
  return Number(row?.[field] ?? 0);
}
