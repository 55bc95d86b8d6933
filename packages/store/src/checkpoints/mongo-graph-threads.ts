import { above, type MongoCollections, type MongoDatabase } from '@jamie/database/mongodb';
import type { GraphThreads } from './graph-threads.ts';

/** Reads what the checkpoint saver on MongoDB wrote. The database belongs to the caller. */
export function openMongoGraphThreads(database: MongoDatabase): GraphThreads {
  const threads = database.collection('checkpointThreads');
  return {
    has: async (threadId) => (await threads.findFirst({ _id: threadId })) !== undefined,
    list: async (afterId, limit) => {
      const rows = await threads.find({ _id: above(afterId) }, { sort: { _id: 1 }, limit });
      return rows.map((row) => String(row['_id']));
    },
    delete: (threadId) =>
      database.transaction((collections) => deleteMongoGraphThread(collections, threadId)),
  };
}

/** All documents of one thread, within the transaction under way. */
export async function deleteMongoGraphThread(collections: MongoCollections, threadId: string): Promise<void> {
  await collections.collection('checkpointThreads').remove({ _id: threadId });
  await collections.collection('checkpointParts').remove({ threadId });
  await collections.collection('checkpointWrites').remove({ threadId });
  await collections.collection('checkpointValues').remove({ threadId });
  await collections.collection('checkpoints').remove({ threadId });
}
