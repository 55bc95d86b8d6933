import type { AuditQuery, AuditRecord, AuditRemoval, SignedAuditHead } from '@jamie/core';
import {
  atLeast,
  atMost,
  beginsWithOneOf,
  below,
  type MongoCollections,
  type MongoConditions,
  type MongoRow,
} from '@jamie/database/mongodb';
import { readAuditRow, readHeadRow, readRemovalRow } from '../records/read-audit-rows.ts';

export function toAuditRecord(row: MongoRow): AuditRecord {
  return readAuditRow({ ...row, sequence: row['_id'], previous_hash: row['previousHash'] });
}

export function toAuditHead(row: MongoRow): SignedAuditHead {
  return readHeadRow({ ...row, sequence: row['_id'] });
}

export function toAuditRemoval(row: MongoRow): AuditRemoval {
  return readRemovalRow({ ...row, up_to: row['_id'] });
}

/** The newest signed head; with `upTo`, the newest that signs no later record. */
export async function findLastHead(
  collections: MongoCollections,
  upTo = Number.MAX_SAFE_INTEGER,
): Promise<SignedAuditHead | undefined> {
  const heads = collections.collection('auditHeads');
  const row = await heads.findFirst({ _id: atMost(upTo) }, { sort: { _id: -1 } });
  return row === undefined ? undefined : toAuditHead(row);
}

/** Pure. */
export function recentAuditConditions(query: AuditQuery): MongoConditions {
  const { planId, since, beforeSequence, kindPrefixes } = query;
  return {
    planId,
    at: since === undefined ? undefined : atLeast(since),
    _id: beforeSequence === undefined ? undefined : below(beforeSequence),
    kind: kindPrefixes === undefined ? undefined : beginsWithOneOf(kindPrefixes),
  };
}
