import { CommandError } from './command-error.ts';
import { type CommitTime, StoredCollection } from './stored-collection.ts';
import { BlockedByTransaction, type Transaction } from './transaction.ts';

/** The databases of one server, and the transactions over them. Names come in order of their creation. */
export class DocumentStorage {
  readonly #time: CommitTime = { now: 0, openTransactions: 0 };
  readonly #databases = new Map<string, Map<string, StoredCollection>>();
  readonly #open = new Set<Transaction>();

  find(database: string, name: string): StoredCollection | undefined {
    return this.#databases.get(database)?.get(name);
  }

  /** Finds the collection, or creates it as every first write does. */
  findOrCreate(database: string, name: string): StoredCollection {
    const known = this.find(database, name);
    if (known !== undefined) return known;
    checkName(database, name);
    const collection = new StoredCollection(`${database}.${name}`, this.#time);
    const collections = this.#databases.get(database) ?? new Map<string, StoredCollection>();
    this.#databases.set(database, collections.set(name, collection));
    return collection;
  }

  get databases(): readonly string[] {
    return [...this.#databases.keys()];
  }

  collections(database: string): readonly (readonly [string, StoredCollection])[] {
    return [...(this.#databases.get(database) ?? [])];
  }

  /** Says whether there was such a collection. Waits, by its throw, for transactions that have written to it. */
  drop(database: string, name: string): boolean {
    const collections = this.#databases.get(database);
    const collection = collections?.get(name);
    if (collections === undefined || collection === undefined) return false;
    checkUnheld(collection);
    collections.delete(name);
    if (collections.size === 0) this.#databases.delete(database);
    return true;
  }

  dropDatabase(database: string): boolean {
    const collections = this.collections(database);
    for (const [, collection] of collections) checkUnheld(collection);
    return this.#databases.delete(database);
  }

  get openTransactions(): readonly Transaction[] {
    return [...this.#open];
  }

  begin(startedAtMs: number): Transaction {
    const transaction: Transaction = {
      readsAt: this.#time.now,
      startedAtMs,
      writes: new Map(),
      ended: new AbortController(),
    };
    this.#open.add(transaction);
    this.#time.openTransactions = this.#open.size;
    return transaction;
  }

  commit(transaction: Transaction): void {
    const at = this.#time.now + 1;
    for (const collection of transaction.writes.keys()) collection.commit(transaction, at);
    this.#time.now = at;
    this.#end(transaction);
  }

  abort(transaction: Transaction): void {
    for (const collection of transaction.writes.keys()) collection.release(transaction);
    this.#end(transaction);
  }

  #end(transaction: Transaction): void {
    this.#open.delete(transaction);
    this.#time.openTransactions = this.#open.size;
    if (this.#open.size === 0) {
      for (const collections of this.#databases.values()) {
        for (const collection of collections.values()) collection.forgetOldVersions();
      }
    }
    transaction.ended.abort();
  }
}

/** What changes a whole collection waits for the transactions that have written to it. */
export function checkUnheld(collection: StoredCollection): void {
  const [holder] = collection.holders;
  if (holder !== undefined) throw new BlockedByTransaction(holder);
}

const INVALID_DATABASE = /[\s/\\."$*<>:|?]/;

function checkName(database: string, name: string): void {
  if (database === '' || INVALID_DATABASE.test(database)) {
    throw new CommandError(73, `Invalid database name: '${database}'`);
  }
  if (name === '' || name.includes('$') || name.startsWith('system.') || name.startsWith('.')) {
    throw new CommandError(73, `Invalid collection name: ${name}`);
  }
}
