import type { AuditQuery } from '@jamie/core';
import type { SqlValue } from '@jamie/database';

export interface SqlQuery {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** The audit records that match, newest first. Pure. */
export function recentAuditQuery(query: AuditQuery): SqlQuery {
  const conditions: [condition: string, value: SqlValue | undefined][] = [
    ['plan_id = ?', query.planId],
    ['at >= ?', query.since],
    ['sequence < ?', query.beforeSequence],
    [
      'EXISTS (SELECT 1 FROM json_each(?) AS prefix WHERE instr(audit.kind, prefix.value) = 1)',
      query.kindPrefixes === undefined ? undefined : JSON.stringify(query.kindPrefixes),
    ],
  ];
  const given = conditions.filter((each): each is [string, SqlValue] => each[1] !== undefined);
  const where = given.length === 0 ? '' : `WHERE ${given.map(([condition]) => condition).join(' AND ')}`;
  return {
    sql: `SELECT * FROM audit ${where} ORDER BY sequence DESC LIMIT ?`,
    values: [...given.map(([, value]) => value), query.limit],
  };
}
