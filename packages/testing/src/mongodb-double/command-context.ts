import type { Clock } from '@jamie/core';
import type { BsonDocument } from './bson-document.ts';
import { CommandError } from './command-error.ts';
import type { DocumentStorage } from './document-storage.ts';
import type { OpenCursors } from './open-cursors.ts';
import type { ServerSessions, SessionScope } from './server-sessions.ts';
import { BlockedByTransaction, type Transaction } from './transaction.ts';

export type MongodbMode = 'replica_set' | 'standalone';

/** What all commands of one server share. */
export interface ServerState {
  readonly mode: MongodbMode;
  readonly clock: Clock;
  readonly storage: DocumentStorage;
  readonly sessions: ServerSessions;
  readonly cursors: OpenCursors;
  /** `host:port`, as hello says it. */
  readonly address: () => string;
}

/** One command as its handler sees it. */
export interface CommandContext {
  readonly name: string;
  readonly database: string;
  readonly body: BsonDocument;
  readonly server: ServerState;
  readonly scope: SessionScope;
  /** The open transaction that the command reads and writes in. */
  readonly transaction: Transaction | undefined;
  /** Aborts when the connection has gone. */
  readonly signal: AbortSignal;
}

export interface CommandDefinition {
  /** The fields that it knows besides the generic ones. */
  readonly fields: readonly string[];
  /** Whether it may run in a multi-document transaction. */
  readonly inTransaction: boolean;
  /** Whether it takes a write concern. */
  readonly writes: boolean;
  /** The fields of a successful answer, without `ok`. */
  handle(context: CommandContext): BsonDocument | Promise<BsonDocument>;
}

/**
 * Runs a step that a transaction may hold up: outside of transactions a writer waits until that one has ended.
 * The step must change nothing when it throws BlockedByTransaction.
 */
export async function untilFree<Result>(context: CommandContext, step: () => Result): Promise<Result> {
  const maxTimeMs = context.body['maxTimeMS'];
  const endsAt =
    typeof maxTimeMs === 'number' && maxTimeMs > 0 ? context.server.clock.now() + maxTimeMs : undefined;
  for (;;) {
    try {
      return step();
    } catch (error) {
      if (!(error instanceof BlockedByTransaction)) throw error;
      await transactionEnd(context, error.transaction, endsAt);
    }
  }
}

async function transactionEnd(
  { server, signal }: CommandContext,
  transaction: Transaction,
  endsAt: number | undefined,
): Promise<void> {
  if (signal.aborted) throw new CommandError(11601, 'operation was interrupted');
  const woken = new AbortController();
  const ended = new Promise<void>((resolve) => {
    const wake = () => resolve();
    AbortSignal.any([transaction.ended.signal, signal]).addEventListener('abort', wake, { once: true });
  });
  if (endsAt === undefined) return ended;
  const late = server.clock.sleep(Math.max(0, endsAt - server.clock.now()), woken.signal).then(
    () => true,
    () => false,
  );
  const isLate = await Promise.race([ended.then(() => false), late]);
  woken.abort();
  if (isLate) throw new CommandError(50, 'operation exceeded time limit');
}
