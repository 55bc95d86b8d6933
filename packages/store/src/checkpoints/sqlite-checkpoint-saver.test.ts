import { type Database, openDatabase } from '@jamie/database';
import { createTemporaryDirectory, type TemporaryDirectory } from '@jamie/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { emptyCheckpoint, uuid6 } from '@langchain/langgraph-checkpoint';
import { SqliteCheckpointSaver } from './sqlite-checkpoint-saver.ts';

const METADATA = { source: 'loop', step: 1, parents: {} } as const;

describe('SqliteCheckpointSaver', () => {
  let directory: TemporaryDirectory;
  let database: Database;
  let saver: SqliteCheckpointSaver;

  beforeEach(() => {
    directory = createTemporaryDirectory();
    database = openDatabase({ directory: directory.path });
    saver = new SqliteCheckpointSaver({ database });
  });

  afterEach(() => {
    database.close();
    directory.remove();
  });

  const put = (
    step: number,
    parent: object,
    values: Record<string, unknown>,
    newVersions: Record<string, number>,
  ) =>
    saver.put(
      { configurable: { thread_id: 'thread', checkpoint_ns: '', ...parent } },
      { ...emptyCheckpoint(), id: uuid6(step), channel_values: values, channel_versions: { ...newVersions } },
      METADATA,
      newVersions,
    );
  const valuesAt = async (config: object) => (await saver.getTuple(config))?.checkpoint.channel_values;

  it('keeps two branches of one thread apart, though their channels have the same versions', async () => {
    const root = await put(1, {}, { log: 'root', name: 'x' }, { log: 1, name: 1 });
    const left = await put(2, root.configurable ?? {}, { log: 'left', name: 'x' }, { log: 2 });
    const right = await put(3, root.configurable ?? {}, { log: 'right', name: 'x' }, { log: 2 });
    expect(await valuesAt(left)).toEqual({ log: 'left', name: 'x' });
    expect(await valuesAt(right)).toEqual({ log: 'right', name: 'x' });
    expect(await valuesAt(root)).toEqual({ log: 'root', name: 'x' });
  });

  it('writes a value that does not change once, however many checkpoints have it', async () => {
    let config: { configurable?: object } = { configurable: {} };
    for (let step = 0; step < 10; step += 1) {
      const changed = step === 0 ? { log: 1, step: 1 } : { step: step + 1 };
      config = await put(step, config.configurable ?? {}, { log: 'long', step }, changed);
    }
    expect(await valuesAt(config)).toEqual({ log: 'long', step: 9 });
    expect(database.get("SELECT count(*) AS rows FROM checkpoint_values WHERE channel = 'log'")).toEqual({
      rows: 1,
    });
  });

  it('forgets a channel that the graph no longer has', async () => {
    const root = await put(1, {}, { log: 'a', gone: 'b' }, { log: 1, gone: 1 });
    const next = await put(2, root.configurable ?? {}, { log: 'a' }, { gone: 2 });
    expect(await valuesAt(next)).toEqual({ log: 'a' });
  });

  it.each([[{ $ne: null }], [['thread']], [7], [null]])('refuses %p as an id', async (id) => {
    const refused = { code: 'invalid_input' };
    await expect(saver.getTuple({ configurable: { thread_id: id } })).rejects.toMatchObject(refused);
    await expect(saver.list({ configurable: { thread_id: id } }).next()).rejects.toMatchObject(refused);
    await expect(put(1, { thread_id: id }, {}, {})).rejects.toMatchObject(refused);
    await expect(put(1, { checkpoint_ns: id }, {}, {})).rejects.toMatchObject(refused);
    await expect(saver.deleteThread(id as unknown as string)).rejects.toMatchObject(refused);
  });
});
