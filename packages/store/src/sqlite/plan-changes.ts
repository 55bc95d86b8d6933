import {
  canonicalJson,
  type Intent,
  type IntentId,
  type IntentOutcome,
  type PlanRecord,
  type Vote,
} from '@jamie/core';
import type { Database } from '@jamie/database';
import type { ChangeOutcome } from '../change-outcome.ts';
import { intentSchema } from '../records/plan-record-schema.ts';
import { readRecord } from '../records/read-record.ts';
import { compareAndSet, insertOnce } from './compare-and-set.ts';

export function insertPlan(database: Database, record: PlanRecord): ChangeOutcome {
  const { id, conversationId, createdAt } = record.plan;
  return insertOnce(
    database,
    'INSERT INTO plans (id, conversation_id, status, created_at, version, record) VALUES (?, ?, ?, ?, ?, ?)',
    ...[id, conversationId, record.status, createdAt, record.version, canonicalJson(record)],
  );
}

export function updatePlan(database: Database, record: PlanRecord, expectedVersion: number): ChangeOutcome {
  return compareAndSet(database, {
    table: 'plans',
    id: record.plan.id,
    expectedVersion,
    version: record.version,
    record: canonicalJson(record),
    columns: {
      conversation_id: record.plan.conversationId,
      status: record.status,
      created_at: record.plan.createdAt,
    },
  });
}

export function insertVote(database: Database, vote: Vote): ChangeOutcome {
  return insertOnce(
    database,
    'INSERT INTO votes (plan_id, principal_id, record) VALUES (?, ?, ?)',
    ...[vote.planId, vote.principal.id, canonicalJson(vote)],
  );
}

export function insertIntent(database: Database, intent: Intent): ChangeOutcome {
  return insertOnce(
    database,
    'INSERT INTO intents (id, plan_id, phase, step_id, record) VALUES (?, ?, ?, ?, ?)',
    ...[intent.id, intent.planId, intent.phase, intent.stepId, canonicalJson(intent)],
  );
}

/** An intent is completed once; a second completion is a version_mismatch. */
export function completeIntent(
  database: Database,
  id: IntentId,
  completion: { readonly outcome: IntentOutcome; readonly completedAt: number },
): ChangeOutcome {
  const row = database.get('SELECT record FROM intents WHERE id = ?', id);
  if (row === undefined) return 'not_found';
  const intent = readRecord(intentSchema, row['record'], 'intent', id);
  if (intent.outcome !== undefined) return 'version_mismatch';
  const { outcome, completedAt } = completion;
  database.run(
    'UPDATE intents SET record = ? WHERE id = ?',
    canonicalJson({ ...intent, outcome, completedAt }),
    id,
  );
  return 'applied';
}
