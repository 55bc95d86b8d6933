import {
  AUDIT_START,
  type AuditEntry,
  type AuditHead,
  type AuditRemoval,
  canonicalJson,
  type Digest,
  linkAuditEntry,
  type SignedAuditHead,
} from '@jamie/core';
import type { Database } from '@jamie/database';
import type { ChangeOutcome } from '../change-outcome.ts';
import { readRemovalRow } from '../records/read-audit-rows.ts';
import { findLastHead } from './find-last-head.ts';

export function appendAudit(database: Database, entry: AuditEntry, digest: Digest): ChangeOutcome {
  const { sequence, previousHash, hash } = linkAuditEntry(readAuditHead(database), entry, digest);
  database.run(
    'INSERT INTO audit (sequence, previous_hash, entry, hash) VALUES (?, ?, ?, ?)',
    ...[sequence, previousHash, canonicalJson(entry), hash],
  );
  return 'applied';
}

function readAuditHead(database: Database): AuditHead {
  const last = database.get('SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1');
  return last === undefined
    ? readAuditStart(database)
    : { sequence: Number(last['sequence']), hash: String(last['hash']) };
}

/** What the first record that is still there links to. */
function readAuditStart(database: Database): AuditHead {
  const row = database.get('SELECT * FROM audit_removals ORDER BY up_to DESC LIMIT 1');
  if (row === undefined) return AUDIT_START;
  const { upTo, hash } = readRemovalRow(row);
  return { sequence: upTo, hash };
}

export function appendHead(database: Database, head: SignedAuditHead): ChangeOutcome {
  const last = findLastHead(database);
  if (last !== undefined && last.sequence >= head.sequence) return 'version_mismatch';
  if ((last?.signature.value ?? '') !== head.previousSignature) return 'version_mismatch';
  const signed = database.get('SELECT hash FROM audit WHERE sequence = ?', head.sequence);
  if (signed?.['hash'] !== head.hash) return 'not_found';
  database.run(
    'INSERT INTO audit_heads (sequence, record) VALUES (?, ?)',
    head.sequence,
    canonicalJson(head),
  );
  return 'applied';
}

export function removeAudit(database: Database, removal: AuditRemoval): ChangeOutcome {
  const { upTo, hash, count } = removal;
  const head = findLastHead(database, upTo);
  if (head?.sequence !== upTo || head.hash !== hash) return 'not_found';
  if (count !== upTo - readAuditStart(database).sequence || count === 0) return 'version_mismatch';
  database.run('INSERT INTO audit_removals (up_to, record) VALUES (?, ?)', upTo, canonicalJson(removal));
  database.run('DELETE FROM audit WHERE sequence <= ?', upTo);
  return 'applied';
}
