import { type CommitResult, isOpsError, type OpsError, type StoreChange, toOpsError } from '@jamie/core';
import type { Database } from '@jamie/database';

interface PendingCommit {
  readonly changes: readonly StoreChange[];
  readonly resolve: (result: CommitResult) => void;
  readonly reject: (error: OpsError) => void;
}

type Outcome = CommitResult | { readonly kind: 'failed'; readonly error: OpsError };

export interface GroupCommitOptions {
  readonly database: Database;
  /** Applies one commit within the transaction under way. */
  readonly apply: (changes: readonly StoreChange[]) => CommitResult;
  readonly onCommitted: (changes: readonly StoreChange[]) => void;
}

/**
 * Commits whatever was asked for within one turn of the event loop with one sync of the disk. Each commit stays all
 * or nothing by itself: a conflict or a bad input undoes that one alone, a failing disk fails them all.
 */
export class GroupCommit {
  readonly #options: GroupCommitOptions;
  #pending: PendingCommit[] = [];

  constructor(options: GroupCommitOptions) {
    this.#options = options;
  }

  add(changes: readonly StoreChange[]): Promise<CommitResult> {
    return new Promise((resolve, reject) => {
      // A tick runs when the present microtasks are done: it adds no latency and still gathers all of them.
      if (this.#pending.length === 0) process.nextTick(() => this.flush());
      this.#pending.push({ changes, resolve, reject });
    });
  }

  /** Commits what is pending now. Never throws: each caller gets its own outcome. */
  flush(): void {
    const batch = this.#pending;
    this.#pending = [];
    if (batch.length === 0) return;
    const outcomes = this.#commitBatch(batch);
    for (const [index, pending] of batch.entries()) {
      const outcome = outcomes[index];
      if (outcome === undefined) continue;
      if (outcome.kind === 'failed') pending.reject(outcome.error);
      else this.#settle(pending, outcome);
    }
  }

  #settle(pending: PendingCommit, result: CommitResult): void {
    pending.resolve(result);
    if (result.kind === 'committed') this.#options.onCommitted(pending.changes);
  }

  #commitBatch(batch: readonly PendingCommit[]): readonly Outcome[] {
    try {
      return this.#options.database.transaction(() => batch.map((pending) => this.#commitOne(pending)));
    } catch (error) {
      const failure = { kind: 'failed', error: toOpsError(error) } as const;
      return batch.map(() => failure);
    }
  }

  #commitOne(pending: PendingCommit): Outcome {
    try {
      return this.#options.database.transaction(
        () => this.#options.apply(pending.changes),
        (result) => result.kind === 'committed',
      );
    } catch (error) {
      // The database failed, not this commit: the transaction is gone and its neighbours with it.
      if (isOpsError(error, 'unavailable')) throw error;
      return { kind: 'failed', error: toOpsError(error) };
    }
  }
}
