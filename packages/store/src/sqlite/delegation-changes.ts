import { canonicalJson, type Delegation } from '@jamie/core';
import type { Database } from '@jamie/database';
import { type ChangeOutcome, requireNextVersion } from '../change-outcome.ts';

/** Writes a delegation whose stored version is the expected one; none is version 0. */
export function putDelegation(
  database: Database,
  delegation: Delegation,
  expectedVersion: number,
): ChangeOutcome {
  const { id, until, version } = delegation;
  requireNextVersion(version, expectedVersion);
  const stored = database.get('SELECT version FROM delegations WHERE id = ?', id);
  if ((stored?.['version'] ?? 0) !== expectedVersion) return 'version_mismatch';
  database.run(
    `INSERT INTO delegations (id, until, version, record) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET until = excluded.until, version = excluded.version, record = excluded.record`,
    ...[id, until, version, canonicalJson(delegation)],
  );
  return 'applied';
}
