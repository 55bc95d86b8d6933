import type { MongoCollection, MongoDocument, MongoField } from '@jamie/database/mongodb';
import { type ChangeOutcome, requireNextVersion } from '../change-outcome.ts';

export async function insertOnce(
  collection: MongoCollection,
  document: MongoDocument,
): Promise<ChangeOutcome> {
  return (await collection.insert(document)) === 'inserted' ? 'applied' : 'already_exists';
}

export interface VersionedUpdate {
  readonly id: string;
  readonly expectedVersion: number;
  /** Everything but `_id` that is to be written, the new version among it. */
  readonly fields: Readonly<Record<string, MongoField>> & { readonly version: number };
}

/**
 * Replaces a record whose stored version is the expected one. Throws invalid_input unless the new version is the
 * next one.
 */
export async function compareAndSet(
  collection: MongoCollection,
  { id, expectedVersion, fields }: VersionedUpdate,
): Promise<ChangeOutcome> {
  requireNextVersion(fields.version, expectedVersion);
  const changed = await collection.update({ _id: id, version: expectedVersion }, fields);
  if (changed === 'duplicate') return 'already_exists';
  if (changed === 1) return 'applied';
  const stored = await collection.findFirst({ _id: id }, { fields: ['version'] });
  return stored === undefined ? 'not_found' : 'version_mismatch';
}

/** Writes a record whose stored version is the expected one; none is version 0. */
export async function putVersioned(
  collection: MongoCollection,
  { id, expectedVersion, fields }: VersionedUpdate,
): Promise<ChangeOutcome> {
  requireNextVersion(fields.version, expectedVersion);
  if (expectedVersion === 0) {
    const stored = await collection.findFirst({ _id: id }, { fields: ['version'] });
    if (stored !== undefined) return 'version_mismatch';
    return insertOnce(collection, { _id: id, ...fields });
  }
  const outcome = await compareAndSet(collection, { id, expectedVersion, fields });
  return outcome === 'applied' ? 'applied' : 'version_mismatch';
}
