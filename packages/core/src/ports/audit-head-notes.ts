import type { SignedAuditHead } from '../audit-head.ts';

/**
 * A second place for the signed heads, out of reach of whoever can change the store: only there shows a store that was
 * put back to an earlier state as a whole. Append only.
 * Fails with: unavailable (cannot be read or written), internal (a line is not what was written).
 */
export interface AuditHeadNotes {
  /** Where it is, for people. */
  readonly name: string;
  /** The newest head that is noted. */
  last(): Promise<SignedAuditHead | undefined>;
  /** Durable when it returns. */
  append(heads: readonly SignedAuditHead[]): Promise<void>;
  /** All of them, oldest first. */
  read(): AsyncIterable<SignedAuditHead>;
}
