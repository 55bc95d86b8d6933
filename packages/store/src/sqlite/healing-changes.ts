import { canonicalJson, type HealingCase, type HealingCaseQuery } from '@jamie/core';
import type { Database, SqlValue } from '@jamie/database';
import { type ChangeOutcome, requireNextVersion } from '../change-outcome.ts';

/** Writes a case whose stored version is the expected one; none is version 0. */
export function putHealingCase(
  database: Database,
  healingCase: HealingCase,
  expectedVersion: number,
): ChangeOutcome {
  const { id, cluster, status, lastSeenAt, version } = healingCase;
  requireNextVersion(version, expectedVersion);
  const stored = database.get('SELECT version FROM healing_cases WHERE id = ?', id);
  if ((stored?.['version'] ?? 0) !== expectedVersion) return 'version_mismatch';
  database.run(
    `INSERT INTO healing_cases (id, cluster, status, last_seen_at, version, record) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET cluster = excluded.cluster, status = excluded.status,
       last_seen_at = excluded.last_seen_at, version = excluded.version, record = excluded.record`,
    ...[id, cluster, status, lastSeenAt, version, canonicalJson(healingCase)],
  );
  return 'applied';
}

/** The statement that lists cases, last seen first; those of one moment by their ids. */
export function healingCaseQuery({ cluster, statuses, limit }: HealingCaseQuery): {
  readonly sql: string;
  readonly values: readonly SqlValue[];
} {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  if (cluster !== undefined) {
    conditions.push('cluster = ?');
    values.push(cluster);
  }
  if (statuses !== undefined) {
    conditions.push('status IN (SELECT value FROM json_each(?))');
    values.push(JSON.stringify(statuses));
  }
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const sql = `SELECT id, record FROM healing_cases ${where} ORDER BY last_seen_at DESC, id LIMIT ?`;
  return { sql, values: [...values, limit] };
}
