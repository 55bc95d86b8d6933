import type { BsonDocument } from './bson-document.ts';

/** A collection, as the end of a transaction needs it. */
export interface TransactionTarget {
  /** Makes the writes of the transaction visible, all at this moment. */
  commit(transaction: Transaction, at: number): void;
  /** Forgets them, and lets others write what it held. */
  release(transaction: Transaction): void;
}

/** What a transaction has written to one collection and nobody else sees. */
export interface PendingWrites {
  /** The key of a document to what it becomes; undefined: deleted. */
  readonly documents: Map<string, BsonDocument | undefined>;
  /** For each unique index the keys that it has taken (the owner's key) or given up (undefined). */
  readonly uniqueKeys: Map<string, Map<string, string | undefined>>;
}

/** An open multi-document transaction: a moment that it reads at, and writes that wait for its commit. */
export interface Transaction {
  /** It sees what was committed at this moment or before. */
  readonly readsAt: number;
  /** Injected time, milliseconds; the server ends it when its life is over. */
  readonly startedAtMs: number;
  readonly writes: Map<TransactionTarget, PendingWrites>;
  /** Aborts when the transaction has ended either way: whoever waited for one of its documents may go on. */
  readonly ended: AbortController;
}

export function pendingWrites(transaction: Transaction, collection: TransactionTarget): PendingWrites {
  const known = transaction.writes.get(collection);
  if (known !== undefined) return known;
  const fresh: PendingWrites = { documents: new Map(), uniqueKeys: new Map() };
  transaction.writes.set(collection, fresh);
  return fresh;
}

/** Thrown to a writer outside of transactions who must wait until this transaction has ended, as on the server. */
export class BlockedByTransaction extends Error {
  readonly transaction: Transaction;

  constructor(transaction: Transaction) {
    super('another transaction holds the document');
    this.transaction = transaction;
  }
}
