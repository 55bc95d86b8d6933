import type { SessionFields } from './server-sessions.ts';

/** Codes after which the driver may try a write again (specification "Retryable Writes"). */
const RETRYABLE_CODES = new Set([6, 7, 89, 91, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

/** The labels that a server since 4.4 gives an error with this code, for a command in this session. */
export function labelsFor(code: number, command: string, session: SessionFields): readonly string[] {
  if (!RETRYABLE_CODES.has(code)) return [];
  const endsTransaction = command === 'commitTransaction' || command === 'abortTransaction';
  if (session.inTransaction && !endsTransaction) return ['TransientTransactionError'];
  return session.txnNumber === undefined ? [] : ['RetryableWriteError'];
}
