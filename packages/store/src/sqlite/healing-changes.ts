import { canonicalJson, type HealingCase, type HealingCaseQuery } from '@jamie/core';
import type { Database, SqlValue } from '@jamie/database';
import type { ChangeOutcome } from '../change-outcome.ts';
import { putVersioned } from './compare-and-set.ts';

/** Writes a case whose stored version is the expected one; none is version 0. */
export function putHealingCase(
  database: Database,
  healingCase: HealingCase,
  expectedVersion: number,
): ChangeOutcome {
  const { id, cluster, status, lastSeenAt, version } = healingCase;
  return putVersioned(database, {
    table: 'healing_cases',
    key: ['id', id],
    expectedVersion,
    version,
    record: canonicalJson(healingCase),
    columns: { cluster, status, last_seen_at: lastSeenAt },
  });
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
