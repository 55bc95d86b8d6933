import type { BsonDocument } from './bson-document.ts';
import { CommandError } from './command-error.ts';
import { ID_INDEX, type IndexDefinition } from './index-definition.ts';
import { indexKeys } from './index-keys.ts';
import { matcher } from './match-documents.ts';
import {
  BlockedByTransaction,
  pendingWrites,
  type Transaction,
  type TransactionTarget,
} from './transaction.ts';
import { UniqueKeys, writeConflict } from './unique-keys.ts';
import { valueKey } from './value-key.ts';

interface Version {
  /** The moment of the commit. */
  readonly at: number;
  /** Undefined: deleted at that moment. */
  readonly document: BsonDocument | undefined;
}

interface StoredRecord {
  /** Oldest first; more than one only while a transaction is open. */
  versions: readonly Version[];
  /** The open transaction that has written it. */
  holder: Transaction | undefined;
}

interface StoredIndex {
  readonly definition: IndexDefinition;
  readonly covers: (document: BsonDocument) => boolean;
  /** Only a unique index holds its keys; every other one is a promise about speed that the double does not keep. */
  readonly keys: UniqueKeys | undefined;
}

/** What a write does to one document: `document` undefined deletes it. */
export interface DocumentWrite {
  readonly key: string;
  readonly document: BsonDocument | undefined;
}

/** The moments of the commits, shared by every collection of one server. */
export interface CommitTime {
  now: number;
  /** How many transactions are open: while there are any, old versions are kept for them. */
  openTransactions: number;
}

/** Documents in versions by the key of their `_id`, and the unique indexes over them. Documents are never changed. */
export class StoredCollection implements TransactionTarget {
  readonly namespace: string;
  readonly #time: CommitTime;
  readonly #records = new Map<string, StoredRecord>();
  readonly #indexes = new Map<string, StoredIndex>();
  readonly #holders = new Set<Transaction>();
  readonly #oldVersions = new Set<string>();

  constructor(namespace: string, time: CommitTime) {
    this.namespace = namespace;
    this.#time = time;
    this.#indexes.set(ID_INDEX.name, { definition: ID_INDEX, covers: () => true, keys: undefined });
  }

  get indexes(): readonly IndexDefinition[] {
    return [...this.#indexes.values()].map(({ definition }) => definition);
  }

  /** The transactions that have written here and are still open. */
  get holders(): ReadonlySet<Transaction> {
    return this.#holders;
  }

  find(key: string, reader: Transaction | undefined): BsonDocument | undefined {
    const pending = reader?.writes.get(this)?.documents;
    if (pending?.has(key)) return pending.get(key);
    const record = this.#records.get(key);
    return record === undefined ? undefined : visible(record, reader?.readsAt);
  }

  /** Every document that the reader sees, in the order in which their keys were first inserted. */
  *documents(reader: Transaction | undefined): Generator<readonly [string, BsonDocument]> {
    for (const key of this.#records.keys()) {
      const document = this.find(key, reader);
      if (document !== undefined) yield [key, document];
    }
  }

  /** Writes a document that must not be there yet. Throws what `write` throws. */
  insert(document: BsonDocument, writer: Transaction | undefined): void {
    const key = valueKey(document['_id']);
    this.checkFree(key, writer);
    if (this.find(key, writer) !== undefined) {
      throw duplicateKey(this.namespace, ID_INDEX, { _id: document['_id'] });
    }
    this.write({ key, document }, writer);
  }

  /**
   * Writes one document. Outside of a transaction it is committed at once.
   * @throws CommandError (DuplicateKey, WriteConflict), or BlockedByTransaction before anything has changed.
   */
  write(write: DocumentWrite, writer: Transaction | undefined): void {
    this.checkFree(write.key, writer);
    const before = this.find(write.key, writer);
    const changes = [...this.#indexes.values()].flatMap((index) =>
      this.#keyChanges(index, write, before, writer),
    );
    if (writer === undefined) {
      for (const { keys, key, owner } of changes) keys.assign(key, owner, this.#noticedAt());
      this.#commit(write, this.#tick());
      return;
    }
    const pending = pendingWrites(writer, this);
    this.#holders.add(writer);
    pending.documents.set(write.key, write.document);
    this.#recordOf(write.key).holder = writer;
    for (const { name, keys, key, owner } of changes) {
      keys.hold(key, writer);
      const taken = pending.uniqueKeys.get(name) ?? new Map<string, string | undefined>();
      pending.uniqueKeys.set(name, taken.set(key, owner));
    }
  }

  /** Throws when the writer may not write this document now: it must wait, or begin its transaction again. */
  checkFree(key: string, writer: Transaction | undefined): void {
    const record = this.#records.get(key);
    if (record === undefined) return;
    if (record.holder !== undefined && record.holder !== writer) {
      if (writer === undefined) throw new BlockedByTransaction(record.holder);
      throw writeConflict();
    }
    const last = record.versions.at(-1);
    if (writer !== undefined && last !== undefined && last.at > writer.readsAt) throw writeConflict();
  }

  /** Makes the writes of a transaction visible, all at one moment that the caller gives. */
  commit(transaction: Transaction, at: number): void {
    const pending = transaction.writes.get(this);
    for (const [name, taken] of pending?.uniqueKeys ?? []) {
      const keys = this.#indexes.get(name)?.keys;
      for (const [key, owner] of taken) keys?.assign(key, owner, at);
    }
    for (const [key, document] of pending?.documents ?? []) this.#commit({ key, document }, at);
    this.release(transaction);
  }

  /** The transaction has ended: others may write what it held. */
  release(transaction: Transaction): void {
    const pending = transaction.writes.get(this);
    for (const [name, taken] of pending?.uniqueKeys ?? []) {
      for (const key of taken.keys()) this.#indexes.get(name)?.keys?.release(key);
    }
    for (const key of pending?.documents.keys() ?? []) {
      const record = this.#records.get(key);
      if (record === undefined) continue;
      record.holder = undefined;
      if (record.versions.length === 0) this.#records.delete(key);
    }
    this.#holders.delete(transaction);
  }

  /** Drops what only transactions that have ended could see. */
  forgetOldVersions(): void {
    for (const key of this.#oldVersions) {
      const last = this.#records.get(key)?.versions.at(-1);
      if (last?.document === undefined) this.#records.delete(key);
      else this.#recordOf(key).versions = [last];
    }
    this.#oldVersions.clear();
    for (const { keys } of this.#indexes.values()) keys?.forgetChanges();
  }

  /** @throws CommandError when documents already share a key that the index makes unique. */
  addIndex(definition: IndexDefinition): void {
    const filter = definition.partialFilterExpression;
    const index: StoredIndex = {
      definition,
      covers: filter === undefined ? () => true : matcher(filter),
      keys: definition.unique === true ? new UniqueKeys() : undefined,
    };
    for (const [key, document] of this.documents(undefined)) {
      for (const change of this.#keyChanges(index, { key, document }, undefined, undefined)) {
        change.keys.assign(change.key, change.owner, undefined);
      }
    }
    this.#indexes.set(definition.name, index);
  }

  removeIndex(name: string): void {
    this.#indexes.delete(name);
  }

  /** Which unique keys change hands by this write. Throws when a key belongs to another document. */
  #keyChanges(
    index: StoredIndex,
    { key: owner, document }: DocumentWrite,
    before: BsonDocument | undefined,
    writer: Transaction | undefined,
  ) {
    const { keys, definition } = index;
    const entries = (of: BsonDocument | undefined) =>
      of === undefined || !index.covers(of) ? [] : indexKeys(definition, of);
    const after = entries(document);
    if (keys === undefined) return [];
    const taken = writer?.writes.get(this)?.uniqueKeys.get(definition.name);
    for (const entry of after) {
      const known = keys.ownerFor(entry.key, writer);
      const current = taken?.has(entry.key) ? taken.get(entry.key) : known;
      if (current !== undefined && current !== owner)
        throw duplicateKey(this.namespace, definition, entry.value);
    }
    const kept = new Set(after.map(({ key }) => key));
    const given = entries(before).filter(({ key }) => !kept.has(key));
    for (const { key } of given) keys.ownerFor(key, writer);
    return [
      ...given.map(({ key }) => ({ name: definition.name, keys, key, owner: undefined })),
      ...after.map(({ key }) => ({ name: definition.name, keys, key, owner })),
    ];
  }

  #recordOf(key: string): StoredRecord {
    const known = this.#records.get(key);
    if (known !== undefined) return known;
    const fresh: StoredRecord = { versions: [], holder: undefined };
    this.#records.set(key, fresh);
    return fresh;
  }

  #commit({ key, document }: DocumentWrite, at: number): void {
    if (this.#time.openTransactions === 0) {
      if (document === undefined) this.#records.delete(key);
      else this.#recordOf(key).versions = [{ at, document }];
      return;
    }
    const record = this.#recordOf(key);
    record.versions = [...record.versions, { at, document }];
    this.#oldVersions.add(key);
  }

  #tick(): number {
    this.#time.now += 1;
    return this.#time.now;
  }

  #noticedAt(): number | undefined {
    return this.#time.openTransactions === 0 ? undefined : this.#time.now + 1;
  }
}

function visible({ versions }: StoredRecord, readsAt: number | undefined): BsonDocument | undefined {
  if (readsAt === undefined) return versions.at(-1)?.document;
  return versions.findLast(({ at }) => at <= readsAt)?.document;
}

/** What the server answers to a second document with the same key. */
function duplicateKey(namespace: string, definition: IndexDefinition, keyValue: BsonDocument): CommandError {
  const shown = Object.entries(keyValue).map(([path, value]) => `${path}: ${JSON.stringify(value)}`);
  return new CommandError(
    11000,
    `E11000 duplicate key error collection: ${namespace} index: ${definition.name} dup key: { ${shown.join(', ')} }`,
    { fields: { keyPattern: definition.key, keyValue } },
  );
}
