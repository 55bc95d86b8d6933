import type { BsonDocument } from './bson-document.ts';
import type { DocumentStorage } from './document-storage.ts';
import type { IndexDefinition } from './index-definition.ts';
import { indexKeys } from './index-keys.ts';
import { matcher } from './match-documents.ts';
import type { StoredCollection } from './stored-collection.ts';
import { BlockedByTransaction } from './transaction.ts';

/** The server's ttlMonitorSleepSecs. */
const PASS_EVERY_MS = 60_000;

/** Deletes what TTL indexes say has expired, once a minute of the injected clock, as the server's thread does. */
export class TtlMonitor {
  readonly #storage: DocumentStorage;
  #nextPassMs: number;

  constructor(storage: DocumentStorage, nowMs: number) {
    this.#storage = storage;
    this.#nextPassMs = nowMs + PASS_EVERY_MS;
  }

  /** Does the passes that were due by now; asked before every command, so that nobody sees a document too long. */
  catchUp(nowMs: number): void {
    if (nowMs < this.#nextPassMs) return;
    const passes = Math.floor((nowMs - this.#nextPassMs) / PASS_EVERY_MS);
    const lastPassMs = this.#nextPassMs + passes * PASS_EVERY_MS;
    this.#nextPassMs = lastPassMs + PASS_EVERY_MS;
    for (const database of this.#storage.databases) {
      for (const [, collection] of this.#storage.collections(database)) sweep(collection, lastPassMs);
    }
  }
}

function sweep(collection: StoredCollection, nowMs: number): void {
  for (const index of collection.indexes) {
    if (index.expireAfterSeconds === undefined) continue;
    const covers =
      index.partialFilterExpression === undefined ? () => true : matcher(index.partialFilterExpression);
    for (const [key, document] of [...collection.documents(undefined)]) {
      const datedMs = covers(document) ? earliestDate(index, document) : undefined;
      if (datedMs !== undefined && datedMs + index.expireAfterSeconds * 1000 <= nowMs)
        expire(collection, key);
    }
  }
}

/** A document that a transaction holds waits for the next pass. */
function expire(collection: StoredCollection, key: string): void {
  try {
    collection.write({ key, document: undefined }, undefined);
  } catch (error) {
    if (!(error instanceof BlockedByTransaction)) throw error;
  }
}

/** Of several dates the earliest counts; what is no date never expires. */
function earliestDate(index: IndexDefinition, document: BsonDocument): number | undefined {
  const dates = indexKeys(index, document)
    .flatMap(({ value }) => Object.values(value))
    .filter((value) => value instanceof Date)
    .map((date) => date.getTime());
  return dates.length === 0 ? undefined : Math.min(...dates);
}
