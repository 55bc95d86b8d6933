import {
  type AuditEntry,
  type AuditRemoval,
  canonicalJson,
  linkAuditEntry,
  type SignedAuditHead,
} from '@jamie/core';
import { atMost, type MongoCollections } from '@jamie/database/mongodb';
import type { ChangeOutcome } from '../change-outcome.ts';
import { findLastHead, toAuditRemoval } from './audit-rows.ts';
import type { ChangeContext } from './change-context.ts';
import { insertOnce } from './compare-and-set.ts';

export async function appendAudit(context: ChangeContext, entry: AuditEntry): Promise<ChangeOutcome> {
  const { collections, digest, tail } = context;
  const { sequence, previousHash, hash } = linkAuditEntry(tail.head, entry, digest);
  tail.head = { sequence, hash };
  return insertOnce(collections.collection('audit'), {
    ...{ _id: sequence, previousHash, entry: canonicalJson(entry), hash },
    ...{ planId: entry.planId ?? null, kind: entry.kind, at: entry.at },
  });
}

export async function appendHead(
  { collections }: ChangeContext,
  head: SignedAuditHead,
): Promise<ChangeOutcome> {
  const last = await findLastHead(collections);
  if (last !== undefined && last.sequence >= head.sequence) return 'version_mismatch';
  if ((last?.signature.value ?? '') !== head.previousSignature) return 'version_mismatch';
  const signed = await collections.collection('audit').findFirst({ _id: head.sequence });
  if (signed?.['hash'] !== head.hash) return 'not_found';
  const document = { _id: head.sequence, record: canonicalJson(head) };
  return insertOnce(collections.collection('auditHeads'), document);
}

/** The removal stands before the records go, and both in one transaction. */
export async function removeAudit(
  { collections }: ChangeContext,
  removal: AuditRemoval,
): Promise<ChangeOutcome> {
  const { upTo, hash, count } = removal;
  const head = await findLastHead(collections, upTo);
  if (head?.sequence !== upTo || head.hash !== hash) return 'not_found';
  if (count !== upTo - (await readStart(collections)) || count === 0) return 'version_mismatch';
  const removals = collections.collection('auditRemovals');
  const outcome = await insertOnce(removals, { _id: upTo, record: canonicalJson(removal) });
  if (outcome === 'applied') await collections.collection('audit').remove({ _id: atMost(upTo) });
  return outcome;
}

/** The number after which the records that are still there begin. */
async function readStart(collections: MongoCollections): Promise<number> {
  const row = await collections.collection('auditRemovals').findFirst({}, { sort: { _id: -1 } });
  return row === undefined ? 0 : toAuditRemoval(row).upTo;
}
