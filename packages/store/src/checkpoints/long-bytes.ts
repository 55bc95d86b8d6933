import { OpsError } from '@jamie/core';
import type { MongoCollections, MongoRow } from '@jamie/database/mongodb';

/** Half of what one document may hold (16 MiB), which leaves room for everything else in it. */
export const PART_BYTES = 8 * 1024 * 1024;

/** Bytes of any length that belong to one document of a graph's thread. */
export interface LongBytes {
  readonly threadId: string;
  /** The `_id` of the document, and which of its texts it is. */
  readonly owner: string;
  readonly bytes: Uint8Array;
  readonly partBytes: number;
}

/** What the document itself holds of them. */
export function firstPart(bytes: Uint8Array, partBytes: number) {
  return { bytes: bytes.subarray(0, partBytes), parts: Math.max(1, Math.ceil(bytes.length / partBytes)) };
}

/** Writes what does not fit into the document, in the place of what stood there. */
export async function putFurtherParts(
  collections: MongoCollections,
  { threadId, owner, bytes, partBytes }: LongBytes,
): Promise<void> {
  const parts = collections.collection('checkpointParts');
  await parts.remove({ owner });
  for (let position = 1; position * partBytes < bytes.length; position += 1) {
    const part = bytes.subarray(position * partBytes, (position + 1) * partBytes);
    await parts.insert({ _id: `${owner} ${position}`, threadId, owner, position, bytes: part });
  }
}

/** Puts the parts together again. Throws internal when one is missing. */
export async function readLongBytes(
  collections: MongoCollections,
  owner: string,
  { bytes: first, parts }: { readonly bytes: unknown; readonly parts: unknown },
): Promise<Uint8Array> {
  if (!(first instanceof Uint8Array)) throw damaged(owner);
  if (parts === 1) return first;
  const rows = await collections.collection('checkpointParts').find({ owner }, { sort: { position: 1 } });
  const further = rows.map((row) => partOf(row, owner));
  if (further.length + 1 !== parts) throw damaged(owner);
  return Buffer.concat([first, ...further]);
}

function partOf(row: MongoRow, owner: string): Uint8Array {
  const part = row['bytes'];
  if (part instanceof Uint8Array) return part;
  throw damaged(owner);
}

function damaged(owner: string): OpsError {
  return new OpsError('internal', 'a stored checkpoint is damaged', { details: { owner } });
}
