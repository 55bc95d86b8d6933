import { transientError } from './command-error.ts';
import { BlockedByTransaction, type Transaction } from './transaction.ts';

/** The keys that a unique index holds now, and what has lately become of them. */
export class UniqueKeys {
  /** Key to the document that has it. */
  readonly #owners = new Map<string, string>();
  /** Keys that an open transaction has taken or given up. */
  readonly #holders = new Map<string, Transaction>();
  /** When a key last changed hands; kept only while a transaction is open that began before. */
  readonly #changedAt = new Map<string, number>();

  /** The document that has this key as the writer sees it. Throws when the writer must wait or begin again. */
  ownerFor(key: string, writer: Transaction | undefined): string | undefined {
    const holder = this.#holders.get(key);
    if (holder !== undefined && holder !== writer) {
      if (writer === undefined) throw new BlockedByTransaction(holder);
      throw writeConflict();
    }
    const changedAt = this.#changedAt.get(key);
    if (writer !== undefined && changedAt !== undefined && changedAt > writer.readsAt) throw writeConflict();
    return this.#owners.get(key);
  }

  hold(key: string, transaction: Transaction): void {
    this.#holders.set(key, transaction);
  }

  release(key: string): void {
    this.#holders.delete(key);
  }

  /** Gives the key to this document, or to nobody. `at` is undefined while no transaction could notice. */
  assign(key: string, owner: string | undefined, at: number | undefined): void {
    if (owner === undefined) this.#owners.delete(key);
    else this.#owners.set(key, owner);
    if (at !== undefined) this.#changedAt.set(key, at);
  }

  currentOwner(key: string): string | undefined {
    return this.#owners.get(key);
  }

  /** No transaction is open any more: nobody can notice what changed. */
  forgetChanges(): void {
    this.#changedAt.clear();
  }
}

/** Another writer was faster. The server labels it so that the driver begins the transaction again. */
export function writeConflict(): Error {
  return transientError(
    112,
    'Caused by :: Write conflict during plan execution and yielding is disabled. :: Please retry your operation or multi-document transaction.',
  );
}
