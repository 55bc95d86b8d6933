import { AUDIT_START, type AuditHead, type Digest } from '@jamie/core';
import type { MongoCollections } from '@jamie/database/mongodb';

/** The end of the audit chain while a commit is under way. */
export interface AuditTail {
  head: AuditHead;
}

/** What one change is applied in. */
export interface ChangeContext {
  /** Within the transaction of the commit. */
  readonly collections: MongoCollections;
  readonly digest: Digest;
  readonly now: number;
  /** Greater than that of every change before, of this commit and of others. */
  readonly sequence: number;
  readonly tail: AuditTail;
}

export interface CommitTurn {
  /** The number of the first change; the next ones follow. */
  readonly firstSequence: number;
  readonly tail: AuditTail;
}

/**
 * Takes the one document that every commit changes first. So commits run one after the other as if there were no
 * others: a snapshot alone would let two of them each miss what the other wrote.
 */
export async function takeTurn(collections: MongoCollections, changes: number): Promise<CommitTurn> {
  const row = await collections.collection('counters').increase({ _id: 'commits' }, 'sequence', changes);
  const sequence = Number(row?.['auditSequence']);
  return {
    firstSequence: Number(row?.['sequence']) - changes + 1,
    tail: { head: sequence === 0 ? AUDIT_START : { sequence, hash: String(row?.['auditHash']) } },
  };
}

/** Writes down how far the audit chain has come. */
export async function endTurn(collections: MongoCollections, { head }: AuditTail): Promise<void> {
  const fields = { auditSequence: head.sequence, auditHash: head.hash };
  await collections.collection('counters').update({ _id: 'commits' }, fields);
}
