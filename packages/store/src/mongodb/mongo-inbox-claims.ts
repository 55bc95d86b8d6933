import type { ClaimedDelivery, Clock } from '@jamie/core';
import { type MongoCollections, type MongoDatabase, type MongoRow, otherThan } from '@jamie/database/mongodb';
import { LeaseWatch } from '@jamie/runtime';
import { inboxDeliverySchema } from '../records/effect-schemas.ts';
import { readRecord } from '../records/read-record.ts';

export interface MongoInboxClaimsOptions {
  readonly database: MongoDatabase;
  readonly clock: Clock;
}

const COLUMNS = ['sequence', 'lane', 'claimedBy', 'claimedUntil'];

/** Who handles which delivery. Every claim and renewal is one transaction. */
export class MongoInboxClaims {
  readonly #database: MongoDatabase;
  readonly #clock: Clock;
  readonly #watch: LeaseWatch;

  constructor({ database, clock }: MongoInboxClaimsOptions) {
    this.#database = database;
    this.#clock = clock;
    this.#watch = new LeaseWatch(clock);
  }

  async claim(owner: string, limit: number, leaseMs: number): Promise<readonly ClaimedDelivery[]> {
    // A look without a transaction: an idle poll must not write.
    if ((await this.#listClaimable(this.#database, owner, leaseMs)).length === 0) return [];
    return this.#database.transaction(async (collections) => {
      await takeTurn(collections);
      const rows = (await this.#listClaimable(collections, owner, leaseMs)).slice(0, limit);
      const claimed: ClaimedDelivery[] = [];
      // One after the other: a transaction takes one command at a time.
      for (const row of rows) claimed.push(await this.#take(collections, row, { owner, leaseMs }));
      return claimed;
    });
  }

  async renew(owner: string, leaseMs: number): Promise<ReadonlySet<string>> {
    const held = { finishedAt: null, claimedBy: owner, claimedUntil: otherThan(null) };
    if ((await this.#database.collection('inbox').findFirst(held)) === undefined) return new Set();
    return this.#database.transaction(async (collections) => {
      await takeTurn(collections);
      const inbox = collections.collection('inbox');
      const rows = await inbox.find(held, { fields: COLUMNS });
      for (const row of rows) {
        await inbox.update({ _id: String(row['_id']) }, { claimedUntil: this.#leaseEnd(row, leaseMs) });
      }
      return new Set(rows.map((row) => String(row['_id'])));
    });
  }

  /** The owner's name stays, as the sign that somebody has held the delivery. */
  async release(owner: string): Promise<void> {
    await this.#database
      .collection('inbox')
      .update({ finishedAt: null, claimedBy: owner }, { claimedUntil: null });
  }

  async #take(
    collections: MongoCollections,
    row: MongoRow,
    { owner, leaseMs }: { readonly owner: string; readonly leaseMs: number },
  ): Promise<ClaimedDelivery> {
    const id = String(row['_id']);
    const inbox = collections.collection('inbox');
    const whole = await inbox.findFirst({ _id: id });
    await inbox.update({ _id: id }, { claimedBy: owner, claimedUntil: this.#leaseEnd(row, leaseMs) });
    const delivery = readRecord(inboxDeliverySchema, whole?.['record'], 'delivery', id);
    return { delivery, isRepeat: row['claimedBy'] !== null };
  }

  /** Grows even where the clock was set back, so that who watches sees that the owner lives. */
  #leaseEnd(row: MongoRow, leaseMs: number): number {
    return Math.max(this.#clock.now() + leaseMs, Number(row['claimedUntil'] ?? 0) + 1);
  }

  async #listClaimable(
    collections: MongoCollections,
    owner: string,
    leaseMs: number,
  ): Promise<readonly MongoRow[]> {
    const rows = await collections
      .collection('inbox')
      .find({ finishedAt: null }, { sort: { sequence: 1 }, fields: COLUMNS });
    const heldByOthers = rows.filter(
      (row) => row['claimedUntil'] !== null && row['claimedBy'] !== null && row['claimedBy'] !== owner,
    );
    const leases = heldByOthers.map((row) => ({
      id: String(row['_id']),
      token: `${row['claimedBy']}:${row['claimedUntil']}`,
    }));
    const living = this.#watch.living(leases, leaseMs);
    const busyLanes = new Set(rows.filter((row) => living.has(String(row['_id']))).map((row) => row['lane']));
    return rows.filter(
      (row) => (row['claimedBy'] !== owner || row['claimedUntil'] === null) && !busyLanes.has(row['lane']),
    );
  }
}

/** Every change of the inbox writes this first, so that no two of them decide on the same picture. */
async function takeTurn(collections: MongoCollections): Promise<void> {
  await collections.collection('counters').increase({ _id: 'inbox' }, 'sequence', 1);
}
