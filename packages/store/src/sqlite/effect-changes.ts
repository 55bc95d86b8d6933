import { canonicalJson, type FreezeState, type JobRequest } from '@jamie/core';
import type { Database } from '@jamie/database';
import { type ChangeOutcome, requireNextVersion } from '../change-outcome.ts';
import { freezeStateSchema } from '../records/effect-schemas.ts';
import { readRecord } from '../records/read-record.ts';
import { insertOnce } from './compare-and-set.ts';

/** A delivery is finished once; finishing it again is a version_mismatch, so that it cannot be handled twice. */
export function finishDelivery(database: Database, id: string, finishedAt: number): ChangeOutcome {
  const changed = database.run(
    'UPDATE inbox SET finished_at = ? WHERE id = ? AND finished_at IS NULL',
    finishedAt,
    id,
  );
  if (changed === 1) return 'applied';
  const stored = database.get('SELECT 1 FROM inbox WHERE id = ?', id);
  return stored === undefined ? 'not_found' : 'version_mismatch';
}

export function addToOutbox(database: Database, job: JobRequest): ChangeOutcome {
  insertOnce(
    database,
    'INSERT INTO outbox (deduplication_id, job) VALUES (?, ?)',
    job.deduplicationId,
    canonicalJson(job),
  );
  return 'applied';
}

/** Until somebody switches it, the freeze is off at version 0. */
export function readFreeze(database: Database): FreezeState {
  const row = database.get('SELECT record FROM freeze');
  if (row === undefined) return { frozen: false, reason: '', at: 0, version: 0 };
  return readRecord(freezeStateSchema, row['record'], 'freeze', 'state');
}

export function putFreeze(database: Database, state: FreezeState, expectedVersion: number): ChangeOutcome {
  requireNextVersion(state.version, expectedVersion);
  if (expectFreeze(database, expectedVersion) !== 'applied') return 'version_mismatch';
  database.run(
    `INSERT INTO freeze (only_row, version, record) VALUES (1, ?, ?)
     ON CONFLICT DO UPDATE SET version = excluded.version, record = excluded.record`,
    ...[state.version, canonicalJson(state)],
  );
  return 'applied';
}

export function expectFreeze(database: Database, version: number): ChangeOutcome {
  return readFreeze(database).version === version ? 'applied' : 'version_mismatch';
}
