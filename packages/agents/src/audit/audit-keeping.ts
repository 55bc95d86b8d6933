import type { AuditHeadNotes, Clock, Digest, IdSource, Logger, Signer, Store } from '@jamie/core';

/** What keeping the audit proven needs. */
export interface AuditKeeping {
  readonly store: Store;
  readonly signer: Pick<Signer, 'sign' | 'keyId'>;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly logger: Logger;
  readonly headNotes?: AuditHeadNotes;
  /** Absent: nothing is ever removed. */
  readonly retentionDays?: number;
  /** The key that signed before this start, where it was another one. */
  readonly changedFrom?: string;
}
