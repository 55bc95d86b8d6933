import type { SignedAuditHead } from '@jamie/core';
import type { Database } from '@jamie/database';
import { readHeadRow } from '../records/read-audit-rows.ts';

/** The newest signed head; with `upTo`, the newest that signs no later record. */
export function findLastHead(
  database: Database,
  upTo = Number.MAX_SAFE_INTEGER,
): SignedAuditHead | undefined {
  const sql = 'SELECT * FROM audit_heads WHERE sequence <= ? ORDER BY sequence DESC LIMIT 1';
  const row = database.get(sql, upTo);
  return row === undefined ? undefined : readHeadRow(row);
}
