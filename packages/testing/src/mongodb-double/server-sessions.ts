import type { BsonDocument } from './bson-document.ts';
import { CommandError, transientError } from './command-error.ts';
import type { DocumentStorage } from './document-storage.ts';
import type { Transaction } from './transaction.ts';
import { valueKey } from './value-key.ts';

/** What the server keeps for one logical session: its last transaction, and what its last write did. */
export interface ServerSession {
  txnNumber: number;
  state: 'none' | 'retryable_write' | 'open' | 'committed' | 'aborted';
  transaction: Transaction | undefined;
  /** Statement id to what it did, for the retryable write with `txnNumber`. */
  readonly executed: Map<number, BsonDocument>;
}

/** How a command names its session: fields that every command may have. */
export interface SessionFields {
  readonly lsid: unknown;
  readonly txnNumber: number | undefined;
  readonly startTransaction: boolean;
  /** `autocommit: false`: the command belongs to a multi-document transaction. */
  readonly inTransaction: boolean;
}

/** What a command runs in. */
export type SessionScope =
  | { readonly kind: 'plain' }
  | { readonly kind: 'retryable_write'; readonly session: ServerSession }
  | { readonly kind: 'transaction'; readonly session: ServerSession };

/** The logical sessions of one server, by the document that names them. */
export class ServerSessions {
  readonly #storage: DocumentStorage;
  readonly #lifetimeMs: number;
  readonly #sessions = new Map<string, ServerSession>();

  /** The life of a transaction in milliseconds: the server's transactionLifetimeLimitSeconds. */
  constructor(storage: DocumentStorage, lifetimeMs: number) {
    this.#storage = storage;
    this.#lifetimeMs = lifetimeMs;
  }

  /** @throws CommandError when the session cannot take this command: too old, ended, or not begun. */
  enter(fields: SessionFields, nowMs: number): SessionScope {
    if (fields.txnNumber === undefined || fields.lsid === undefined) {
      if (fields.inTransaction || fields.startTransaction || fields.txnNumber !== undefined) {
        throw new CommandError(72, 'transaction fields need both an lsid and a txnNumber');
      }
      return { kind: 'plain' };
    }
    const session = this.#session(fields.lsid);
    if (fields.txnNumber < session.txnNumber) {
      throw new CommandError(
        225,
        `Cannot start transaction ${fields.txnNumber} because a newer transaction ${session.txnNumber} has already started.`,
      );
    }
    if (!fields.inTransaction) return this.#enterRetryableWrite(session, fields.txnNumber);
    if (fields.startTransaction) this.#startTransaction(session, fields.txnNumber, nowMs);
    else this.#checkKnown(session, fields.txnNumber);
    return { kind: 'transaction', session };
  }

  /** Aborts the transactions that the server would not let live any longer. */
  expire(nowMs: number): void {
    for (const session of this.#sessions.values()) {
      const { transaction } = session;
      if (transaction === undefined || nowMs - transaction.startedAtMs < this.#lifetimeMs) continue;
      this.abort(session);
    }
  }

  /** The sessions' clients have gone: what they left open is aborted. */
  end(lsids: readonly unknown[]): void {
    for (const lsid of lsids) {
      const session = this.#sessions.get(valueKey(lsid));
      if (session?.transaction !== undefined) this.abort(session);
      this.#sessions.delete(valueKey(lsid));
    }
  }

  abort(session: ServerSession): void {
    if (session.transaction !== undefined) this.#storage.abort(session.transaction);
    session.transaction = undefined;
    session.state = 'aborted';
  }

  /** Aborts everything that is open, as a step-down and a restart do. */
  abortAll(): void {
    for (const session of this.#sessions.values()) if (session.transaction !== undefined) this.abort(session);
  }

  commit(session: ServerSession): void {
    if (session.transaction !== undefined) this.#storage.commit(session.transaction);
    session.transaction = undefined;
    session.state = 'committed';
  }

  #session(lsid: unknown): ServerSession {
    const key = valueKey(lsid);
    const known = this.#sessions.get(key);
    if (known !== undefined) return known;
    const fresh: ServerSession = {
      txnNumber: -1,
      state: 'none',
      transaction: undefined,
      executed: new Map(),
    };
    this.#sessions.set(key, fresh);
    return fresh;
  }

  #enterRetryableWrite(session: ServerSession, txnNumber: number): SessionScope {
    if (txnNumber === session.txnNumber && session.state !== 'retryable_write') {
      throw new CommandError(256, `Transaction ${txnNumber} was a multi-document transaction.`);
    }
    if (txnNumber > session.txnNumber) {
      if (session.transaction !== undefined) this.abort(session);
      session.executed.clear();
      Object.assign(session, { txnNumber, state: 'retryable_write' });
    }
    return { kind: 'retryable_write', session };
  }

  #startTransaction(session: ServerSession, txnNumber: number, nowMs: number): void {
    if (txnNumber === session.txnNumber) {
      throw new CommandError(117, `Cannot start transaction ${txnNumber}: it has already been started.`);
    }
    if (session.transaction !== undefined) this.abort(session);
    session.executed.clear();
    session.txnNumber = txnNumber;
    session.state = 'open';
    session.transaction = this.#storage.begin(nowMs);
  }

  #checkKnown(session: ServerSession, txnNumber: number): void {
    if (txnNumber === session.txnNumber && session.state !== 'retryable_write') return;
    throw noSuchTransaction(txnNumber);
  }
}

/** What a command gets whose transaction the server does not know, or has aborted. */
export function noSuchTransaction(txnNumber: number): CommandError {
  return transientError(
    251,
    `Given transaction number ${txnNumber} does not match any in-progress transactions.`,
  );
}
