import { type Clock, canonicalJson, type Inbox, type InboxDelivery, OpsError } from '@jamie/core';
import type { Database } from '@jamie/database';
import { inboxDeliverySchema } from '../records/effect-schemas.ts';
import { readRecord } from '../records/read-record.ts';
import { InboxClaims } from './inbox-claims.ts';

/** Slack's last redelivery comes within the hour; a day leaves room for an outage of ours. */
const KEPT_MS = 24 * 60 * 60 * 1_000;

export interface SqliteInbox extends Inbox {
  /** Forgets deliveries that were finished more than a day ago; returns how many. */
  prune(): Promise<number>;
}

export interface SqliteInboxOptions {
  /** Belongs to the caller, who closes it after the inbox. A thread of its own needs a connection of its own. */
  readonly database: Database;
  readonly clock: Clock;
  /** Whether no other process can be using the data, so that every claim of another owner is a dead one's. */
  readonly isAlone?: boolean;
}

export function openSqliteInbox(options: SqliteInboxOptions): SqliteInbox {
  const { database, clock } = options;
  const claims = new InboxClaims(options);
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
      return database.transaction(() => putDelivery(database, delivery));
    },
    async listOpen(limit) {
      requireOpen();
      const sql = 'SELECT id, record FROM inbox WHERE finished_at IS NULL ORDER BY sequence LIMIT ?';
      return database
        .all(sql, limit)
        .map((row) => readRecord(inboxDeliverySchema, row['record'], 'delivery', String(row['id'])));
    },
    async claim(owner, limit, leaseMs) {
      requireOpen();
      return claims.claim(owner, limit, leaseMs);
    },
    async renew(owner, leaseMs) {
      requireOpen();
      return claims.renew(owner, leaseMs);
    },
    async release(owner) {
      requireOpen();
      claims.release(owner);
    },
    async prune() {
      requireOpen();
      return database.run('DELETE FROM inbox WHERE finished_at < ?', clock.now() - KEPT_MS);
    },
    async close() {
      closed = true;
    },
  };
}

function putDelivery(database: Database, delivery: InboxDelivery): 'stored' | 'duplicate' {
  const keys = JSON.stringify(delivery.keys);
  const known = database.get(
    'SELECT 1 FROM inbox_keys WHERE key IN (SELECT value FROM json_each(?)) LIMIT 1',
    keys,
  );
  if (known !== undefined) return 'duplicate';
  const row = database.get(
    'INSERT INTO inbox (id, record) VALUES (?, ?) RETURNING sequence',
    delivery.id,
    canonicalJson(delivery),
  );
  database.run(
    'INSERT INTO inbox_keys (key, inbox_sequence) SELECT DISTINCT value, ? FROM json_each(?)',
    Number(row?.['sequence']),
    keys,
  );
  return 'stored';
}
