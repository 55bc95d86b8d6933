import { type Clock, canonicalJson, type MessageId, type PostingLine, type WaitingPost } from '@jamie/core';
import { above, below, type MongoCollections, type MongoDatabase, oneOf } from '@jamie/database/mongodb';

export interface MongoPostingLineOptions {
  /** Belongs to the caller, who closes it. */
  readonly database: MongoDatabase;
  readonly clock: Clock;
}

/** Whoever waits comes back within half a minute; who has not come for ten holds nobody up. */
const FORGOTTEN_MS = 600_000;
const IN_ORDER = { sort: { sequence: 1 } } as const;

/** The lines of all processes of one database. */
export function openMongoPostingLine({ database, clock }: MongoPostingLineOptions): PostingLine {
  return {
    async wait(key, post) {
      const now = Math.round(clock.now());
      return await database.transaction(async (collections) => {
        await forget(collections, key, now);
        await join(collections, key, { post, now });
        return await findPlace(collections, key, post);
      });
    },
    async listRollable(key, limit) {
      const rows = await database
        .collection('slackLine')
        .find({ key, mayRollUp: true }, { ...IN_ORDER, limit });
      return rows.map((row) => String(row['messageId']) as MessageId);
    },
    async leave(key, messageIds) {
      if (messageIds.length === 0) return;
      await database.collection('slackLine').remove({ key, messageId: oneOf(messageIds) });
    },
  };
}

/** Either way of the clock, so that one that was set back keeps nobody in line. */
async function forget(collections: MongoCollections, key: string, now: number): Promise<void> {
  const line = collections.collection('slackLine');
  await line.remove({ key, seenAt: below(now - FORGOTTEN_MS) });
  await line.remove({ key, seenAt: above(now + FORGOTTEN_MS) });
}

/** Who comes again keeps the place. */
async function join(
  collections: MongoCollections,
  key: string,
  { post, now }: { readonly post: WaitingPost; readonly now: number },
): Promise<void> {
  const line = collections.collection('slackLine');
  const { messageId, isUrgent, mayRollUp } = post;
  const _id = canonicalJson([key, messageId]);
  if ((await line.update({ _id }, { isUrgent, mayRollUp, seenAt: now })) === 1) return;
  const drawn = await collections.collection('counters').increase({ _id: 'slackLine' }, 'sequence', 1);
  const sequence = Number(drawn?.['sequence']);
  await line.insert({ _id, sequence, key, messageId, isUrgent, mayRollUp, seenAt: now });
}

async function findPlace(collections: MongoCollections, key: string, post: WaitingPost) {
  const rows = await collections.collection('slackLine').find({ key }, IN_ORDER);
  const isOwn = (row: (typeof rows)[number]) => row['messageId'] === post.messageId;
  const place = rows.findIndex(isOwn);
  const isBefore = (row: (typeof rows)[number], index: number) =>
    (row['isUrgent'] === true && !post.isUrgent) || (row['isUrgent'] === post.isUrgent && index < place);
  return {
    ahead: rows.filter(isBefore).length,
    rollable: rows.filter((row) => row['mayRollUp'] === true).length,
  };
}
