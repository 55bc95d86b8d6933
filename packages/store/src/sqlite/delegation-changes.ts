import { canonicalJson, type Delegation } from '@jamie/core';
import type { Database } from '@jamie/database';
import type { ChangeOutcome } from '../change-outcome.ts';
import { putVersioned } from './compare-and-set.ts';

/** Writes a delegation whose stored version is the expected one; none is version 0. */
export function putDelegation(
  database: Database,
  delegation: Delegation,
  expectedVersion: number,
): ChangeOutcome {
  const { id, until, version } = delegation;
  return putVersioned(database, {
    table: 'delegations',
    key: ['id', id],
    expectedVersion,
    version,
    record: canonicalJson(delegation),
    columns: { until },
  });
}
