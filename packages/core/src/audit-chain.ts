import type { AuditEntry, AuditRecord } from './audit-entry.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Digest } from './digest.ts';

/** The end of a chain: what the next record must link to. */
export interface AuditHead {
  readonly sequence: number;
  readonly hash: string;
}

/** Before the first record. */
export const AUDIT_START: AuditHead = { sequence: 0, hash: '0'.repeat(64) };

export type AuditVerification =
  | { readonly kind: 'intact'; readonly head: AuditHead }
  | {
      readonly kind: 'broken';
      /** The number that the first bad record carries, and where it stands in the list. */
      readonly sequence: number;
      readonly index: number;
      readonly reason: 'sequence_out_of_order' | 'not_linked_to_previous' | 'content_changed';
    };

/** Links one entry to the end of the chain. Pure. */
export function linkAuditEntry(head: AuditHead, entry: AuditEntry, digest: Digest): AuditRecord {
  const sequence = head.sequence + 1;
  return {
    sequence,
    previousHash: head.hash,
    entry,
    hash: hashAuditEntry(sequence, head.hash, entry, digest),
  };
}

/**
 * Checks that the records follow `after` without a gap, in order, unchanged; names the first that does not. Long
 * chains are verified in pages: give the head of one page as `after` of the next. What was cut off the end shows
 * only against a head that was noted elsewhere before. Pure.
 */
export function verifyAuditChain(
  records: readonly AuditRecord[],
  digest: Digest,
  after: AuditHead = AUDIT_START,
): AuditVerification {
  let head = after;
  for (const [index, record] of records.entries()) {
    const reason = findFault(record, head, digest);
    if (reason !== undefined) return { kind: 'broken', sequence: record.sequence, index, reason };
    head = { sequence: record.sequence, hash: record.hash };
  }
  return { kind: 'intact', head };
}

function findFault(record: AuditRecord, head: AuditHead, digest: Digest) {
  if (record.sequence !== head.sequence + 1) return 'sequence_out_of_order';
  if (record.previousHash !== head.hash) return 'not_linked_to_previous';
  if (hashAuditEntry(record.sequence, record.previousHash, record.entry, digest) !== record.hash) {
    return 'content_changed';
  }
  return undefined;
}

/** The hash of one record: SHA-256 over the canonical JSON of its number, the hash before it and what it says. */
export function hashAuditEntry(
  sequence: number,
  previousHash: string,
  entry: AuditEntry,
  digest: Digest,
): string {
  return digest(canonicalJson({ sequence, previousHash, entry }));
}
