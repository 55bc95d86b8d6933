import { OpsError } from '@jamie/core';
import type { Database, SqlRow, SqlValue } from '@jamie/database';
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
import { deleteGraphThread } from './graph-threads.ts';

/** Before this format of a checkpoint, what tasks had sent to others stood among the writes of its parent. */
const FORMAT_WITH_TASKS_CHANNEL = 4;

const sourcesSchema = z.record(z.string(), z.string());

export interface SqliteCheckpointSaverOptions {
  /** Belongs to the caller, who closes it after the last graph has ended. */
  readonly database: Database;
  readonly serde?: SerializerProtocol;
}

/** Where LangGraph keeps the state of its graphs, durable when a call returns. Fails as the database does. */
export class SqliteCheckpointSaver extends BaseCheckpointSaver {
  readonly #database: Database;

  constructor({ database, serde }: SqliteCheckpointSaverOptions) {
    super(serde);
    this.#database = database;
  }

  async getTuple(config: RunnableConfig): Promise<CheckpointTuple | undefined> {
    if (config.configurable?.['thread_id'] === undefined) return undefined;
    const { graphThreadId, namespace, checkpointId } = readCheckpointKey(config);
    const row = this.#database.get(
      `SELECT * FROM checkpoints WHERE thread_id = ? AND namespace = ? AND (?3 IS NULL OR checkpoint_id = ?3)
       ORDER BY checkpoint_id DESC LIMIT 1`,
      ...[graphThreadId, namespace, checkpointId ?? null],
    );
    return row === undefined ? undefined : this.#toTuple(row);
  }

  async *list(config: RunnableConfig, options: CheckpointListOptions = {}): AsyncGenerator<CheckpointTuple> {
    let left = options.limit ?? Number.POSITIVE_INFINITY;
    for (const row of this.#findRows(config, options.before)) {
      if (left <= 0) return;
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
    const { graphThreadId, namespace, checkpointId: parentId } = readCheckpointKey(config);
    const checkpointId = requireId('checkpoint.id', checkpoint.id);
    const { channel_values: channelValues, ...rest } = copyCheckpoint(checkpoint);
    const [type, bytes] = await this.serde.dumpsTyped({ ...rest, channel_values: {} });
    const [metadataType, metadataBytes] = await this.serde.dumpsTyped(metadata);
    const changed = Object.keys(newVersions).filter((channel) => Object.hasOwn(channelValues, channel));
    const values = await Promise.all(
      changed.map(
        async (channel) => [channel, ...(await this.serde.dumpsTyped(channelValues[channel]))] as const,
      ),
    );
    const place = [graphThreadId, namespace] as const;
    this.#database.transaction(() => {
      const inherited = parentId === undefined ? {} : this.#readSources(...place, parentId);
      const kept = Object.entries(inherited).filter(([channel]) => Object.hasOwn(channelValues, channel));
      const own = changed.map((channel) => [channel, checkpointId]);
      const sources = JSON.stringify(Object.fromEntries([...kept, ...own]));
      this.#database.run(
        `INSERT OR REPLACE INTO checkpoints
           (thread_id, namespace, checkpoint_id, parent_id, type, checkpoint, metadata_type, metadata, sources)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[...place, checkpointId, parentId ?? null, type, bytes, metadataType, metadataBytes, sources],
      );
      for (const [channel, valueType, value] of values) {
        this.#database.run(
          'INSERT OR REPLACE INTO checkpoint_values VALUES (?, ?, ?, ?, ?, ?)',
          ...[...place, checkpointId, channel, valueType, value],
        );
      }
    });
    return toConfig({ graphThreadId, namespace, checkpointId });
  }

  async putWrites(
    config: RunnableConfig,
    writes: PendingWrite[],
    taskId: string,
    taskPath = '',
  ): Promise<void> {
    const { graphThreadId, namespace, checkpointId } = readCheckpointKey(config);
    const checkpoint = requireId('checkpoint_id', checkpointId);
    const task = requireId('task_id', taskId);
    const rows = await Promise.all(
      writes.map(async ([channel, value], index) => {
        const [type, bytes] = await this.serde.dumpsTyped(value);
        const position = WRITES_IDX_MAP[channel] ?? index;
        return [
          graphThreadId,
          namespace,
          checkpoint,
          task,
          position,
          taskPath,
          channel,
          type,
          bytes,
        ] as const;
      }),
    );
    this.#database.transaction(() => {
      for (const row of rows) this.#putWrite(row, row[4] < 0);
    });
  }

  async deleteThread(threadId: string): Promise<void> {
    deleteGraphThread(this.#database, requireId('thread_id', threadId));
  }

  /** A regular write stands once it is there; an error, interrupt or resume of a task is replaced by the next. */
  #putWrite(row: readonly SqlValue[], isSpecial: boolean): void {
    this.#database.run(
      `INSERT OR ${isSpecial ? 'REPLACE' : 'IGNORE'} INTO checkpoint_writes
         (thread_id, namespace, checkpoint_id, task_id, position, task_path, channel, type, value)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...row,
    );
  }

  #findRows(config: RunnableConfig, before: RunnableConfig | undefined): readonly SqlRow[] {
    return this.#database.all(
      `SELECT * FROM checkpoints
       WHERE (?1 IS NULL OR thread_id = ?1) AND (?2 IS NULL OR namespace = ?2)
         AND (?3 IS NULL OR checkpoint_id = ?3) AND (?4 IS NULL OR checkpoint_id < ?4)
       ORDER BY checkpoint_id DESC`,
      ...[
        readOptionalId(config, 'thread_id') ?? null,
        readNamespace(config) ?? null,
        readOptionalId(config, 'checkpoint_id') ?? null,
        readOptionalId(before, 'checkpoint_id') ?? null,
      ],
    );
  }

  async #toTuple(row: SqlRow): Promise<CheckpointTuple> {
    const graphThreadId = String(row['thread_id']);
    const namespace = String(row['namespace']);
    const parentId = row['parent_id'];
    return {
      config: toConfig({ graphThreadId, namespace, checkpointId: String(row['checkpoint_id']) }),
      checkpoint: await this.#readCheckpoint(row),
      metadata: (await this.#load(row, 'metadata')) as CheckpointMetadata,
      pendingWrites: await this.#readWrites(row, String(row['checkpoint_id'])),
      ...(typeof parentId === 'string'
        ? { parentConfig: toConfig({ graphThreadId, namespace, checkpointId: parentId }) }
        : {}),
    };
  }

  async #readCheckpoint(row: SqlRow): Promise<Checkpoint> {
    const stored = (await this.#load(row, 'checkpoint')) as Checkpoint;
    const values = await this.#readValues(row);
    const checkpoint = { ...stored, channel_values: values };
    const parentId = row['parent_id'];
    if (checkpoint.v >= FORMAT_WITH_TASKS_CHANNEL || typeof parentId !== 'string') return checkpoint;
    const writes = await this.#readWrites(row, parentId);
    const sent = writes.filter(([, channel]) => channel === TASKS).map(([, , value]) => value);
    const versions = Object.values(checkpoint.channel_versions);
    const version = versions.length > 0 ? maxChannelVersion(...versions) : this.getNextVersion(undefined);
    return {
      ...checkpoint,
      channel_values: { ...values, [TASKS]: sent },
      channel_versions: { ...checkpoint.channel_versions, [TASKS]: version },
    };
  }

  async #readValues(row: SqlRow): Promise<Record<string, unknown>> {
    const rows = this.#database.all(
      `SELECT held.channel, held.type, held.value FROM json_each(?) AS source
       JOIN checkpoint_values AS held ON held.thread_id = ? AND held.namespace = ?
         AND held.checkpoint_id = source.value AND held.channel = source.key`,
      ...[String(row['sources']), String(row['thread_id']), String(row['namespace'])],
    );
    const entries = rows.map(
      async (each) => [String(each['channel']), await this.#load(each, 'value')] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }

  #readSources(
    graphThreadId: string,
    namespace: string,
    checkpointId: string,
  ): Readonly<Record<string, string>> {
    const row = this.#database.get(
      'SELECT sources FROM checkpoints WHERE thread_id = ? AND namespace = ? AND checkpoint_id = ?',
      ...[graphThreadId, namespace, checkpointId],
    );
    return row === undefined ? {} : readRecord(sourcesSchema, row['sources'], 'checkpoint', checkpointId);
  }

  async #readWrites(row: SqlRow, checkpointId: string): Promise<CheckpointPendingWrite[]> {
    const rows = this.#database.all(
      'SELECT * FROM checkpoint_writes WHERE thread_id = ? AND namespace = ? AND checkpoint_id = ?',
      ...[String(row['thread_id']), String(row['namespace']), checkpointId],
    );
    const sorted = rows.toSorted((one, other) => compareWritesSortKeys(sortKeyOf(one), sortKeyOf(other)));
    return Promise.all(
      sorted.map(async (write): Promise<CheckpointPendingWrite> => {
        const value: unknown = await this.#load(write, 'value');
        return [String(write['task_id']), String(write['channel']), value];
      }),
    );
  }

  #load(row: SqlRow, column: 'checkpoint' | 'metadata' | 'value'): Promise<unknown> {
    const bytes = row[column];
    if (!ArrayBuffer.isView(bytes)) throw new OpsError('internal', 'a stored checkpoint is damaged');
    const type = row[column === 'metadata' ? 'metadata_type' : 'type'];
    return this.serde.loadsTyped(String(type), bytes);
  }
}

function sortKeyOf(write: SqlRow) {
  return writesSortKey(String(write['task_path']), String(write['task_id']), Number(write['position']));
}

function hasValues(
  metadata: Readonly<Record<string, unknown>>,
  filter: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(filter).every(([key, value]) => metadata[key] === value);
}
