import { type Clock, canonicalJson, type Inbox, type InboxDelivery, OpsError } from '@jamie/core';
import { below, type MongoCollections, type MongoDatabase, oneOf } from '@jamie/database/mongodb';
import { inboxDeliverySchema } from '../records/effect-schemas.ts';
import { readRecord } from '../records/read-record.ts';
import { createTurns } from './in-turn.ts';
import { MongoInboxClaims } from './mongo-inbox-claims.ts';

/** Slack's last redelivery comes within the hour; a day leaves room for an outage of ours. */
const KEPT_MS = 24 * 60 * 60 * 1_000;
const PRUNED_AT_ONCE = 1_000;

export interface MongoInbox extends Inbox {
  /** Forgets deliveries that were finished more than a day ago, at most 1,000; returns how many. */
  prune(): Promise<number>;
}

export interface MongoInboxOptions {
  /** Belongs to the caller, who closes it after the inbox. */
  readonly database: MongoDatabase;
  readonly clock: Clock;
}

/** The inbox on MongoDB. */
export function openMongoInbox({ database, clock }: MongoInboxOptions): MongoInbox {
  const claims = new MongoInboxClaims({ database, clock });
  const inTurn = createTurns();
  let closed = false;
  const requireOpen = () => {
    if (closed) throw new OpsError('unavailable', 'the inbox is closed', { retryable: false });
  };
  return {
    async put(delivery) {
      requireOpen();
      if (delivery.keys.length === 0) {
        throw new OpsError('invalid_input', 'a delivery needs at least one key', {
          details: { id: delivery.id },
        });
      }
      return await inTurn(() =>
        database.transaction(
          (collections) => putDelivery(collections, delivery),
          (outcome) => outcome === 'stored',
        ),
      );
    },
    async listOpen(limit) {
      requireOpen();
      const rows = await database
        .collection('inbox')
        .find({ finishedAt: null }, { sort: { sequence: 1 }, limit });
      return rows.map((row) =>
        readRecord(inboxDeliverySchema, row['record'], 'delivery', String(row['_id'])),
      );
    },
    async claim(owner, limit, leaseMs) {
      requireOpen();
      return await inTurn(() => claims.claim(owner, limit, leaseMs));
    },
    async renew(owner, leaseMs) {
      requireOpen();
      return await inTurn(() => claims.renew(owner, leaseMs));
    },
    async release(owner) {
      requireOpen();
      await claims.release(owner);
    },
    async prune() {
      requireOpen();
      return await database.transaction((collections) => prune(collections, clock.now() - KEPT_MS));
    },
    async close() {
      closed = true;
    },
  };
}

async function putDelivery(
  collections: MongoCollections,
  delivery: InboxDelivery,
): Promise<'stored' | 'duplicate'> {
  const keys = [...new Set(delivery.keys)];
  const turn = await collections.collection('counters').increase({ _id: 'inbox' }, 'sequence', 1);
  const known = await collections.collection('inboxKeys').findFirst({ _id: oneOf(keys) });
  if (known !== undefined) return 'duplicate';
  const document = {
    ...{ _id: delivery.id, sequence: Number(turn?.['sequence']), finishedAt: null },
    ...{ claimedBy: null, claimedUntil: null, lane: delivery.lane ?? '' },
    record: canonicalJson(delivery),
  };
  if ((await collections.collection('inbox').insert(document)) === 'duplicate') return refuseId(delivery.id);
  for (const key of keys) {
    await collections.collection('inboxKeys').insert({ _id: key, deliveryId: delivery.id });
  }
  return 'stored';
}

/** Deliveries are known by their keys; two of one id and different keys are a mistake of the caller. */
function refuseId(id: string): never {
  throw new OpsError('conflict', 'another delivery has this id', { details: { id } });
}

async function prune(collections: MongoCollections, finishedBefore: number): Promise<number> {
  const inbox = collections.collection('inbox');
  const where = { finishedAt: below(finishedBefore) };
  const rows = await inbox.find(where, { fields: [], limit: PRUNED_AT_ONCE });
  const ids = rows.map((row) => String(row['_id']));
  await collections.collection('inboxKeys').remove({ deliveryId: oneOf(ids) });
  return await inbox.remove({ _id: oneOf(ids) });
}
