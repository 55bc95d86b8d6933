import {
  type AuditRecord,
  type AuditRemoval,
  canonicalJson,
  OpsError,
  type SignedAuditHead,
} from '@jamie/core';
import type { z } from 'zod';
import { auditRemovalSchema, signedAuditHeadSchema } from './audit-schemas.ts';
import { auditEntrySchema } from './effect-schemas.ts';
import { readRecord } from './read-record.ts';

/** A row of any database, by the names of its columns. */
export type StoredRow = Readonly<Record<string, unknown>>;

/** Throws internal, as the next two do, when the row is not exactly what was written. */
export function readAuditRow(row: StoredRow): AuditRecord {
  const sequence = Number(row['sequence']);
  const entry = readExactly(auditEntrySchema, row['entry'], 'audit record', sequence);
  return { sequence, previousHash: String(row['previous_hash']), entry, hash: String(row['hash']) };
}

export function readHeadRow(row: StoredRow): SignedAuditHead {
  const sequence = Number(row['sequence']);
  const head = readExactly(signedAuditHeadSchema, row['record'], 'head of the audit', sequence);
  if (head.sequence !== sequence) throw damaged('head of the audit', sequence);
  return head;
}

export function readRemovalRow(row: StoredRow): AuditRemoval {
  const upTo = Number(row['up_to']);
  const removal = readExactly(auditRemovalSchema, row['record'], 'removal from the audit', upTo);
  if (removal.upTo !== upTo) throw damaged('removal from the audit', upTo);
  return removal;
}

/** Also refuses another spelling of the same JSON: of an append-only text not one byte may be another. */
function readExactly<T>(schema: z.ZodType<T>, text: unknown, what: string, id: number): T {
  const value = readRecord(schema, text, what, id);
  if (canonicalJson(value) !== text) throw damaged(what, id);
  return value;
}

function damaged(what: string, id: number): OpsError {
  return new OpsError('internal', 'a stored record is damaged', {
    details: { what, id },
    userMessage: `The stored ${what} ${id} is damaged and was not used. Restore the database from a backup.`,
  });
}
