import {
  canonicalJson,
  type Defaults,
  type Delegation,
  type FreezeState,
  type HealingCase,
  type JobRequest,
} from '@jamie/core';
import type { MongoCollections } from '@jamie/database/mongodb';
import { type ChangeOutcome, requireNextVersion } from '../change-outcome.ts';
import { freezeStateSchema } from '../records/effect-schemas.ts';
import { readRecord } from '../records/read-record.ts';
import type { ChangeContext } from './change-context.ts';
import { putVersioned } from './compare-and-set.ts';

/** A delivery is finished once; finishing it again is a version_mismatch, so that it cannot be handled twice. */
export async function finishDelivery(
  { collections, now }: ChangeContext,
  id: string,
): Promise<ChangeOutcome> {
  const inbox = collections.collection('inbox');
  if ((await inbox.update({ _id: id, finishedAt: null }, { finishedAt: now })) === 1) return 'applied';
  return (await inbox.findFirst({ _id: id })) === undefined ? 'not_found' : 'version_mismatch';
}

export async function addToOutbox(
  { collections, sequence }: ChangeContext,
  job: JobRequest,
): Promise<ChangeOutcome> {
  const document = { _id: job.deduplicationId, sequence, takenAt: null, job: canonicalJson(job) };
  await collections.collection('outbox').insertMissing(document);
  return 'applied';
}

/** A delegation that is written again keeps its place in the order. */
export async function putDelegation(
  { collections, sequence }: ChangeContext,
  delegation: Delegation,
  expectedVersion: number,
): Promise<ChangeOutcome> {
  const { id, until, version } = delegation;
  const order = expectedVersion === 0 ? { sequence } : {};
  const fields = { ...order, until, version, record: canonicalJson(delegation) };
  return putVersioned(collections.collection('delegations'), { id, expectedVersion, fields });
}

export async function putHealingCase(
  { collections }: ChangeContext,
  healingCase: HealingCase,
  expectedVersion: number,
): Promise<ChangeOutcome> {
  const { id, cluster, status, lastSeenAt, version } = healingCase;
  const fields = { cluster, status, lastSeenAt, version, record: canonicalJson(healingCase) };
  return putVersioned(collections.collection('healingCases'), { id, expectedVersion, fields });
}

export async function putDefaults(
  { collections }: ChangeContext,
  defaults: Defaults,
  expectedVersion: number,
): Promise<ChangeOutcome> {
  const { scope: id, version } = defaults;
  const fields = { version, record: canonicalJson(defaults) };
  return putVersioned(collections.collection('defaults'), { id, expectedVersion, fields });
}

/** Until somebody switches it, the freeze is off at version 0. */
export async function readFreeze(collections: MongoCollections): Promise<FreezeState> {
  const row = await collections.collection('freeze').findFirst({ _id: 'state' });
  if (row === undefined) return { frozen: false, reason: '', at: 0, version: 0 };
  return readRecord(freezeStateSchema, row['record'], 'freeze', 'state');
}

export async function putFreeze(
  context: ChangeContext,
  state: FreezeState,
  expectedVersion: number,
): Promise<ChangeOutcome> {
  requireNextVersion(state.version, expectedVersion);
  if ((await expectFreeze(context, expectedVersion)) !== 'applied') return 'version_mismatch';
  await context.collections.collection('freeze').put({ _id: 'state', record: canonicalJson(state) });
  return 'applied';
}

export async function expectFreeze({ collections }: ChangeContext, version: number): Promise<ChangeOutcome> {
  return (await readFreeze(collections)).version === version ? 'applied' : 'version_mismatch';
}
