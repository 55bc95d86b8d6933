import {
  canonicalJson,
  type Intent,
  type IntentId,
  type IntentOutcome,
  type PlanRecord,
  type Vote,
} from '@jamie/core';
import type { ChangeOutcome } from '../change-outcome.ts';
import { intentSchema } from '../records/plan-record-schema.ts';
import { readRecord } from '../records/read-record.ts';
import type { ChangeContext } from './change-context.ts';
import { compareAndSet, insertOnce } from './compare-and-set.ts';

export function insertPlan({ collections, sequence }: ChangeContext, record: PlanRecord) {
  return insertOnce(collections.collection('plans'), {
    _id: record.plan.id,
    sequence,
    ...planFields(record),
  });
}

export function updatePlan({ collections }: ChangeContext, record: PlanRecord, expectedVersion: number) {
  const update = { id: record.plan.id, expectedVersion, fields: planFields(record) };
  return compareAndSet(collections.collection('plans'), update);
}

function planFields(record: PlanRecord) {
  const { plan, status, version, breakGlass } = record;
  return {
    conversationId: plan.conversationId,
    status,
    createdAt: plan.createdAt,
    awaitsReview: breakGlass !== undefined && breakGlass.review === undefined,
    version,
    record: canonicalJson(record),
  };
}

/** One vote of one person: the key of the vote is both. */
export function insertVote({ collections, sequence }: ChangeContext, vote: Vote): Promise<ChangeOutcome> {
  const { planId, principal } = vote;
  return insertOnce(collections.collection('votes'), {
    _id: canonicalJson([planId, principal.id]),
    sequence,
    planId,
    record: canonicalJson(vote),
  });
}

export function insertIntent(
  { collections, sequence }: ChangeContext,
  intent: Intent,
): Promise<ChangeOutcome> {
  const { id, planId, phase, stepId } = intent;
  return insertOnce(collections.collection('intents'), {
    ...{ _id: id, sequence, planId, phase, stepId },
    record: canonicalJson(intent),
  });
}

/** An intent is completed once; a second completion is a version_mismatch. */
export async function completeIntent(
  { collections }: ChangeContext,
  id: IntentId,
  completion: { readonly outcome: IntentOutcome; readonly completedAt: number },
): Promise<ChangeOutcome> {
  const intents = collections.collection('intents');
  const row = await intents.findFirst({ _id: id });
  if (row === undefined) return 'not_found';
  const intent = readRecord(intentSchema, row['record'], 'intent', id);
  if (intent.outcome !== undefined) return 'version_mismatch';
  const { outcome, completedAt } = completion;
  await intents.update({ _id: id }, { record: canonicalJson({ ...intent, outcome, completedAt }) });
  return 'applied';
}
