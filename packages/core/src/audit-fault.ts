/** What is wrong with the audit, closed so that every surface can word it. */
export type AuditFaultReason =
  /** The record is not what was written. */
  | 'changed'
  /** There is no record of this number, or it was taken out and the rest renumbered. */
  | 'missing'
  /** A record that was not written there. */
  | 'inserted'
  /** A number that comes twice, or out of its order. */
  | 'out_of_order'
  /** It does not follow from the record before. */
  | 'not_linked'
  /** A signed head is about this record, and the records end before. */
  | 'cut_off'
  /** A chain that holds by itself, and is not the one that was signed. */
  | 'rewritten'
  /** It cannot be read. */
  | 'unreadable'
  | 'head_not_signed'
  | 'head_key_unknown'
  /** It does not follow from the signed head before. */
  | 'head_not_linked'
  | 'head_unreadable'
  /** It is noted elsewhere and not stored any more. */
  | 'head_missing'
  /** Where heads are noted beside the store: that place cannot be read, or holds what nobody noted. */
  | 'notes_unreadable'
  | 'removal_not_signed'
  | 'removal_key_unknown'
  /** Its numbers do not go on where the removal before ended. */
  | 'removal_not_linked'
  | 'removal_unreadable';

/** The first thing that does not hold. */
export interface AuditFault {
  readonly kind: 'fault';
  readonly reason: AuditFaultReason;
  /** The first record that is known to be bad; for a head or a removal, the record that it is about. */
  readonly sequence: number;
  /** Where nobody can tell without the key which record was the first: no record before this one is bad. */
  readonly earliest?: number;
}
