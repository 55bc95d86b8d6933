import { type AuditFault, type AuditRecord, AuditWalk, type AuditWalked } from '@jamie/core';
import { headFinder } from './head-finder.ts';
import { isUnreadable, readInPages } from './read-in-pages.ts';
import type { AuditProof } from './walk-audit.ts';

export interface StretchFinding {
  readonly fault?: AuditFault;
  readonly walked: AuditWalked;
}

/**
 * Verifies the chain from one record to another, and on to the next signed head if there is one: only up to there is
 * it proven. Constant memory.
 */
export async function walkStretch(
  { store, digest, keys }: AuditProof,
  first: AuditRecord,
  lastSequence: number,
): Promise<StretchFinding> {
  const start = { sequence: first.sequence - 1, hash: first.previousHash };
  const walk = new AuditWalk({ digest, keys, after: start });
  const fault = await findFault(store, walk, start.sequence, lastSequence);
  return { walked: walk.walked, ...(fault !== undefined && { fault }) };
}

async function findFault(
  store: AuditProof['store'],
  walk: AuditWalk,
  afterSequence: number,
  lastSequence: number,
): Promise<AuditFault | undefined> {
  const closing = (await store.listAuditHeads(lastSequence - 1, 1)).at(0);
  const end = closing?.sequence ?? lastSequence;
  const records = readInPages(
    (after, limit) => store.listAudit(Math.max(after, afterSequence), limit),
    ({ sequence }) => sequence,
  );
  const findHead = headFinder(store, afterSequence);
  for await (const record of records) {
    if (isUnreadable(record)) return { kind: 'fault', reason: 'unreadable', sequence: record.sequence };
    if (record.sequence > end) break;
    const head = await findHead(record.sequence);
    const fault = walk.record(record) ?? (head && walk.head(head));
    if (fault !== undefined) return fault;
  }
  const isShort = closing !== undefined && walk.walked.signedUpTo < end;
  return (isShort ? walk.head(closing) : undefined) ?? walk.end();
}
