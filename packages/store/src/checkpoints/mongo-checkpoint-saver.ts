import { canonicalJson } from '@jamie/core';
import { below, type MongoCollections, type MongoDatabase, type MongoRow } from '@jamie/database/mongodb';
import type { RunnableConfig } from '@langchain/core/runnables';
import {
  BaseCheckpointSaver,
  type ChannelVersions,
  type Checkpoint,
  type CheckpointListOptions,
  type CheckpointMetadata,
  type CheckpointPendingWrite,
  type CheckpointTuple,
  compareWritesSortKeys,
  copyCheckpoint,
  maxChannelVersion,
  type PendingWrite,
  type SerializerProtocol,
  TASKS,
  WRITES_IDX_MAP,
  writesSortKey,
} from '@langchain/langgraph-checkpoint';
import { z } from 'zod';
import { readRecord } from '../records/read-record.ts';
import { readCheckpointKey, readNamespace, readOptionalId, requireId, toConfig } from './checkpoint-key.ts';
import { firstPart, PART_BYTES, putFurtherParts, readLongBytes } from './long-bytes.ts';
import { deleteMongoGraphThread } from './mongo-graph-threads.ts';

/** Before this format of a checkpoint, what tasks had sent to others stood among the writes of its parent. */
const FORMAT_WITH_TASKS_CHANNEL = 4;

const sourcesSchema = z.record(z.string(), z.string());

export interface MongoCheckpointSaverOptions {
  /** Belongs to the caller, who closes it after the last graph has ended. */
  readonly database: MongoDatabase;
  readonly serde?: SerializerProtocol;
  /** How much of one text stands in one document. Default 8 MiB: a document holds 16. */
  readonly partBytes?: number;
}

interface Serialised {
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly partBytes: number;
}

/** Where a checkpoint belongs. */
interface Place {
  readonly threadId: string;
  readonly namespace: string;
  readonly checkpointId: string;
}

/** Where LangGraph keeps the state of its graphs, on the journals of a majority when a call returns. */
export class MongoCheckpointSaver extends BaseCheckpointSaver {
  readonly #database: MongoDatabase;
  readonly #partBytes: number;

  constructor({ database, serde, partBytes = PART_BYTES }: MongoCheckpointSaverOptions) {
    super(serde);
    this.#database = database;
    this.#partBytes = partBytes;
  }

  async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    if (config.configurable?.['thread_id'] === undefined) return undefined;
    const { graphThreadId: threadId, namespace, checkpointId } = readCheckpointKey(config);
    const where = { threadId, namespace, checkpointId };
    const row = await this.#database
      .collection('checkpoints')
      .findFirst(where, { sort: { checkpointId: -1 } });
    return row === undefined ? undefined : this.#toTuple(row);
  }

  async *list(config: RunnableConfig, options: CheckpointListOptions = {}): AsyncGenerator<CheckpointTuple> {
    let left = options.limit ?? Number.POSITIVE_INFINITY;
    for (const key of await this.#findKeys(config, options.before)) {
      if (left <= 0) return;
      const row = await this.#database.collection('checkpoints').findFirst({ _id: String(key['_id']) });
      if (row === undefined) continue;
      const metadata = (await this.#load(row, 'metadata')) as Record<string, unknown>;
      if (!hasValues(metadata, options.filter ?? {})) continue;
      left -= 1;
      yield await this.#toTuple(row);
    }
  }

  /**
   * Stores the values of the channels that `newVersions` names; those of the others stay where an ancestor stored
   * them, so that a long conversation is not written again with every step.
   */
  async put(
    config: RunnableConfig,
    checkpoint: Checkpoint,
    metadata: CheckpointMetadata,
    newVersions: ChannelVersions,
  ): Promise<RunnableConfig> {
    const { graphThreadId: threadId, namespace, checkpointId: parentId } = readCheckpointKey(config);
    const place = { threadId, namespace, checkpointId: requireId('checkpoint.id', checkpoint.id) };
    const { channel_values: channelValues, ...rest } = copyCheckpoint(checkpoint);
    const body = await this.#serialise({ ...rest, channel_values: {} });
    const described = await this.#serialise(metadata);
    const changed = Object.keys(newVersions).filter((channel) => Object.hasOwn(channelValues, channel));
    const values = await Promise.all(
      changed.map(async (channel) => [channel, await this.#serialise(channelValues[channel])] as const),
    );
    await this.#database.transaction(async (collections) => {
      const inherited =
        parentId === undefined ? {} : await readSources(collections, { ...place, checkpointId: parentId });
      const kept = Object.entries(inherited).filter(([channel]) => Object.hasOwn(channelValues, channel));
      const own = changed.map((channel) => [channel, place.checkpointId]);
      const sources = JSON.stringify(Object.fromEntries([...kept, ...own]));
      // Written each time, so that a deletion of the thread at the same moment comes before or after all of this.
      await collections.collection('checkpointThreads').put({ _id: threadId, latest: place.checkpointId });
      await putCheckpoint(collections, place, { parentId, sources, body, metadata: described });
      for (const [channel, value] of values) await putValue(collections, place, { channel, value });
    });
    return toConfig({ graphThreadId: threadId, namespace, checkpointId: place.checkpointId });
  }

  async putWrites(
    config: RunnableConfig,
    writes: PendingWrite[],
    taskId: string,
    taskPath = '',
  ): Promise<void> {
    const { graphThreadId: threadId, namespace, checkpointId } = readCheckpointKey(config);
    const place = { threadId, namespace, checkpointId: requireId('checkpoint_id', checkpointId) };
    const task = requireId('task_id', taskId);
    const rows = await Promise.all(
      writes.map(async ([channel, value], index) => ({
        ...{ task, taskPath, channel, value: await this.#serialise(value) },
        position: WRITES_IDX_MAP[channel] ?? index,
      })),
    );
    if (rows.length === 0) return;
    await this.#database.transaction(async (collections) => {
      for (const row of rows) await putWrite(collections, place, row);
    });
  }

  async deleteThread(threadId: string): Promise<void> {
    const id = requireId('thread_id', threadId);
    await this.#database.transaction((collections) => deleteMongoGraphThread(collections, id));
  }

  /** The keys alone: a history may be long, and most callers want its beginning. */
  #findKeys(config: RunnableConfig, before: RunnableConfig | undefined): Promise<readonly MongoRow[]> {
    const exact = readOptionalId(config, 'checkpoint_id');
    const end = readOptionalId(before, 'checkpoint_id');
    const isExcluded = exact !== undefined && end !== undefined && exact >= end;
    if (isExcluded) return Promise.resolve([]);
    const where = {
      threadId: readOptionalId(config, 'thread_id'),
      namespace: readNamespace(config),
      checkpointId: exact ?? (end === undefined ? undefined : below(end)),
    };
    return this.#database
      .collection('checkpoints')
      .find(where, { sort: { checkpointId: -1 }, fields: ['checkpointId'] });
  }

  async #toTuple(row: MongoRow): Promise<CheckpointTuple> {
    const place = placeOf(row);
    const { threadId: graphThreadId, namespace, checkpointId } = place;
    const parentId = row['parentId'];
    return {
      config: toConfig({ graphThreadId, namespace, checkpointId }),
      checkpoint: await this.#readCheckpoint(row),
      metadata: (await this.#load(row, 'metadata')) as CheckpointMetadata,
      pendingWrites: await this.#readWrites(place),
      ...(typeof parentId === 'string'
        ? { parentConfig: toConfig({ graphThreadId, namespace, checkpointId: parentId }) }
        : {}),
    };
  }

  async #readCheckpoint(row: MongoRow): Promise<Checkpoint> {
    const stored = (await this.#load(row, 'body')) as Checkpoint;
    const values = await this.#readValues(row);
    const checkpoint = { ...stored, channel_values: values };
    const parentId = row['parentId'];
    if (checkpoint.v >= FORMAT_WITH_TASKS_CHANNEL || typeof parentId !== 'string') return checkpoint;
    const writes = await this.#readWrites({ ...placeOf(row), checkpointId: parentId });
    const sent = writes.filter(([, channel]) => channel === TASKS).map(([, , value]) => value);
    const versions = Object.values(checkpoint.channel_versions);
    const version = versions.length > 0 ? maxChannelVersion(...versions) : this.getNextVersion(undefined);
    return {
      ...checkpoint,
      channel_values: { ...values, [TASKS]: sent },
      channel_versions: { ...checkpoint.channel_versions, [TASKS]: version },
    };
  }

  async #readValues(row: MongoRow): Promise<Record<string, unknown>> {
    const place = placeOf(row);
    const sources = sourcesOf(row, place.checkpointId);
    const entries = Object.entries(sources).map(async ([channel, checkpointId]) => {
      const _id = valueId({ ...place, checkpointId }, channel);
      const value = await this.#database.collection('checkpointValues').findFirst({ _id });
      return value === undefined ? [] : [[channel, await this.#load(value, 'value')] as const];
    });
    return Object.fromEntries((await Promise.all(entries)).flat());
  }

  async #readWrites({ threadId, namespace, checkpointId }: Place): Promise<CheckpointPendingWrite[]> {
    const where = { threadId, namespace, checkpointId };
    const rows = await this.#database.collection('checkpointWrites').find(where);
    const sorted = rows.toSorted((one, other) => compareWritesSortKeys(sortKeyOf(one), sortKeyOf(other)));
    return Promise.all(
      sorted.map(async (write): Promise<CheckpointPendingWrite> => {
        const value: unknown = await this.#load(write, 'value');
        return [String(write['task']), String(write['channel']), value];
      }),
    );
  }

  async #serialise(value: unknown): Promise<Serialised> {
    const [type, bytes] = await this.serde.dumpsTyped(value);
    return { type, bytes, partBytes: this.#partBytes };
  }

  async #load(row: MongoRow, field: 'body' | 'metadata' | 'value'): Promise<unknown> {
    const stored = { bytes: row[field], parts: row[`${field}Parts`] };
    const bytes = await readLongBytes(this.#database, ownerOf(String(row['_id']), field), stored);
    return this.serde.loadsTyped(String(row[`${field}Type`]), bytes);
  }
}

interface CheckpointContent {
  readonly parentId: string | undefined;
  readonly sources: string;
  readonly body: Serialised;
  readonly metadata: Serialised;
}

async function putCheckpoint(
  collections: MongoCollections,
  place: Place,
  { parentId, sources, body, metadata }: CheckpointContent,
): Promise<void> {
  const _id = canonicalJson([place.threadId, place.namespace, place.checkpointId]);
  const fields = { ...fieldsOf('body', body), ...fieldsOf('metadata', metadata) };
  await collections
    .collection('checkpoints')
    .put({ _id, ...place, parentId: parentId ?? null, sources, ...fields });
  for (const [field, content] of [['body', body] as const, ['metadata', metadata] as const]) {
    const { bytes, partBytes } = content;
    await putFurtherParts(collections, {
      threadId: place.threadId,
      owner: ownerOf(_id, field),
      bytes,
      partBytes,
    });
  }
}

async function putValue(
  collections: MongoCollections,
  place: Place,
  { channel, value }: { readonly channel: string; readonly value: Serialised },
): Promise<void> {
  const _id = valueId(place, channel);
  await collections
    .collection('checkpointValues')
    .put({ _id, threadId: place.threadId, ...fieldsOf('value', value) });
  const { bytes, partBytes } = value;
  const owner = ownerOf(_id, 'value');
  await putFurtherParts(collections, { threadId: place.threadId, owner, bytes, partBytes });
}

interface TaskWrite {
  readonly task: string;
  readonly taskPath: string;
  readonly channel: string;
  readonly position: number;
  readonly value: Serialised;
}

/** A regular write stands once it is there; an error, interrupt or resume of a task is replaced by the next. */
async function putWrite(
  collections: MongoCollections,
  place: Place,
  { task, taskPath, channel, position, value }: TaskWrite,
): Promise<void> {
  const writes = collections.collection('checkpointWrites');
  const _id = canonicalJson([place.threadId, place.namespace, place.checkpointId, task, position]);
  const isSpecial = position < 0;
  if (!isSpecial && (await writes.findFirst({ _id }, { fields: ['task'] })) !== undefined) return;
  await writes.put({ _id, ...place, task, taskPath, channel, position, ...fieldsOf('value', value) });
  const { bytes, partBytes } = value;
  const owner = ownerOf(_id, 'value');
  await putFurtherParts(collections, { threadId: place.threadId, owner, bytes, partBytes });
}

async function readSources(
  collections: MongoCollections,
  { threadId, namespace, checkpointId }: Place,
): Promise<Readonly<Record<string, string>>> {
  const _id = canonicalJson([threadId, namespace, checkpointId]);
  const row = await collections.collection('checkpoints').findFirst({ _id }, { fields: ['sources'] });
  return row === undefined ? {} : sourcesOf(row, checkpointId);
}

function sourcesOf(row: MongoRow, checkpointId: string): Readonly<Record<string, string>> {
  return readRecord(sourcesSchema, row['sources'], 'checkpoint', checkpointId);
}

function placeOf(row: MongoRow): Place {
  return {
    threadId: String(row['threadId']),
    namespace: String(row['namespace']),
    checkpointId: String(row['checkpointId']),
  };
}

function valueId({ threadId, namespace, checkpointId }: Place, channel: string): string {
  return canonicalJson([threadId, namespace, checkpointId, channel]);
}

function ownerOf(id: string, field: 'body' | 'metadata' | 'value'): string {
  return `${field} ${id}`;
}

function fieldsOf(field: 'body' | 'metadata' | 'value', { type, bytes: all, partBytes }: Serialised) {
  const { bytes, parts } = firstPart(all, partBytes);
  return { [field]: bytes, [`${field}Parts`]: parts, [`${field}Type`]: type };
}

function sortKeyOf(write: MongoRow) {
  return writesSortKey(String(write['taskPath']), String(write['task']), Number(write['position']));
}

function hasValues(
  metadata: Readonly<Record<string, unknown>>,
  filter: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(filter).every(([key, value]) => metadata[key] === value);
}
