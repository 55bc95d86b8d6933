import type { ClaimedDelivery, Clock } from '@jamie/core';
import type { Database, SqlRow } from '@jamie/database';
import { LeaseWatch } from '@jamie/runtime';
import { inboxDeliverySchema } from '../records/effect-schemas.ts';
import { readRecord } from '../records/read-record.ts';

const LANE = "coalesce(json_extract(record, '$.lane'), '')";

export interface InboxClaimsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly isAlone?: boolean;
}

/** Who handles which delivery. Every claim and renewal is one transaction. */
export class InboxClaims {
  readonly #options: InboxClaimsOptions;
  readonly #watch: LeaseWatch;

  constructor(options: InboxClaimsOptions) {
    this.#options = options;
    this.#watch = new LeaseWatch(options.clock);
  }

  claim(owner: string, limit: number, leaseMs: number): readonly ClaimedDelivery[] {
    // A look without a lock: an idle poll must not write.
    if (this.#listClaimable(owner, leaseMs, 1).length === 0) return [];
    const { database, clock } = this.#options;
    // On the disk before anything comes of it: that a delivery was begun decides how it is handled again.
    return database.transaction(() => {
      const rows = this.#listClaimable(owner, leaseMs, limit);
      for (const row of rows) {
        const sql = `UPDATE inbox SET claimed_by = ?,
          claimed_until = max(?, coalesce(claimed_until, 0) + 1) WHERE id = ?`;
        database.run(sql, owner, clock.now() + leaseMs, String(row['id']));
      }
      return rows.map(toClaimed);
    });
  }

  renew(owner: string, leaseMs: number): ReadonlySet<string> {
    const { database, clock } = this.#options;
    const held = 'finished_at IS NULL AND claimed_by = ? AND claimed_until IS NOT NULL';
    if (database.get(`SELECT 1 FROM inbox WHERE ${held} LIMIT 1`, owner) === undefined) return new Set();
    // Grows even where the clock was set back, so that who watches sees that the owner lives.
    const sql = `UPDATE inbox SET claimed_until = max(?, claimed_until + 1) WHERE ${held} RETURNING id`;
    const renewed = database.unsynced(() => database.all(sql, clock.now() + leaseMs, owner));
    return new Set(renewed.map((row) => String(row['id'])));
  }

  /** The owner's name stays, as the sign that somebody has held the delivery. */
  release(owner: string): void {
    const { database } = this.#options;
    const sql = 'UPDATE inbox SET claimed_until = NULL WHERE finished_at IS NULL AND claimed_by = ?';
    database.unsynced(() => database.run(sql, owner));
  }

  /** The ids of deliveries that other owners hold and live to handle. */
  #watchOthers(owner: string, leaseMs: number): readonly string[] {
    const { database, isAlone = false } = this.#options;
    if (isAlone) return [];
    const rows = database.all(
      `SELECT id, claimed_by || ':' || claimed_until AS token FROM inbox
       WHERE finished_at IS NULL AND claimed_by <> ? AND claimed_until IS NOT NULL`,
      owner,
    );
    const leases = rows.map((row) => ({ id: String(row['id']), token: String(row['token']) }));
    return [...this.#watch.living(leases, leaseMs)];
  }

  #listClaimable(owner: string, leaseMs: number, limit: number): readonly SqlRow[] {
    const living = this.#watchOthers(owner, leaseMs);
    return this.#options.database.all(
      `SELECT id, record, claimed_by FROM inbox
       WHERE finished_at IS NULL AND (claimed_by IS NULL OR claimed_by <> ? OR claimed_until IS NULL)
         AND ${LANE} NOT IN (
           SELECT ${LANE} FROM inbox WHERE finished_at IS NULL AND id IN (SELECT value FROM json_each(?)))
       ORDER BY sequence LIMIT ?`,
      ...[owner, JSON.stringify(living), limit],
    );
  }
}

function toClaimed(row: SqlRow): ClaimedDelivery {
  const delivery = readRecord(inboxDeliverySchema, row['record'], 'delivery', String(row['id']));
  return { delivery, isRepeat: row['claimed_by'] !== null };
}
