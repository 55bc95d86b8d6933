import type { MongoDatabase } from '@jamie/database/mongodb';
import { type MongodbDouble, startMongodbDouble } from '@jamie/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { emptyCheckpoint, INTERRUPT, uuid6 } from '@langchain/langgraph-checkpoint';
import { aMongoWorld, type MongoWorld } from '../mongodb/mongo-world.fixture.ts';
import { MongoCheckpointSaver } from './mongo-checkpoint-saver.ts';
import { openMongoGraphThreads } from './mongo-graph-threads.ts';

const METADATA = { source: 'loop', step: 1, parents: {} } as const;
const COLLECTIONS = ['checkpoints', 'checkpointValues', 'checkpointWrites', 'checkpointParts'] as const;

let double: MongodbDouble;
beforeAll(async () => {
  double = await startMongodbDouble();
});
afterAll(() => double.stop());

describe('MongoCheckpointSaver', () => {
  let world: MongoWorld;
  let database: MongoDatabase;
  let saver: MongoCheckpointSaver;

  beforeEach(async () => {
    world = aMongoWorld(double);
    database = await world.openDatabase();
    saver = new MongoCheckpointSaver({ database, partBytes: 1_000 });
  });

  afterEach(() => world.close());

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
    for (let step = 0; step < 5; step += 1) {
      const changed = step === 0 ? { log: 1, step: 1 } : { step: step + 1 };
      config = await put(step, config.configurable ?? {}, { log: 'long', step }, changed);
    }
    expect(await valuesAt(config)).toEqual({ log: 'long', step: 4 });
    expect(await database.collection('checkpointValues').find({})).toHaveLength(6);
  });

  it('keeps a value that is larger than one document, and the next in its place', async () => {
    const large = 'é'.repeat(1_100);
    const first = await put(1, {}, { dump: large }, { dump: 1 });
    expect((await valuesAt(first))?.['dump'] === large).toBe(true);
    expect(await database.collection('checkpointParts').find({})).toHaveLength(2);
    const again = await put(1, {}, { dump: 'short' }, { dump: 2 });
    expect(await valuesAt(again)).toEqual({ dump: 'short' });
  });

  it('lets no later write overwrite an interrupt of its task', async () => {
    const config = await put(1, {}, {}, {});
    await saver.putWrites(config, [[INTERRUPT, 'approve?']], 'task');
    await saver.putWrites(config, [['log', 'one']], 'task');
    await saver.putWrites(config, [['log', 'two']], 'task');
    await saver.putWrites(config, [], 'task');
    const written = (await saver.getTuple(config))?.pendingWrites;
    expect(written).toHaveLength(2);
    expect(written).toEqual(
      expect.arrayContaining([
        ['task', INTERRUPT, 'approve?'],
        ['task', 'log', 'one'],
      ]),
    );
  });

  it('writes one checkpoint by half in no fault, and once in each', async () => {
    double.fail({
      kind: 'drop_connection',
      moment: 'after_effect',
      commands: ['commitTransaction'],
      times: 2,
    });
    const config = await put(1, {}, { log: 'a' }, { log: 1 });
    double.fail({ kind: 'drop_connection', moment: 'before_effect', commands: ['commitTransaction'] });
    const next = await put(2, config.configurable ?? {}, { log: 'b' }, { log: 2 });
    expect(await valuesAt(config)).toEqual({ log: 'a' });
    expect(await valuesAt(next)).toEqual({ log: 'b' });
    expect(await database.collection('checkpoints').find({})).toHaveLength(2);
  });

  it('tells which threads have state, and leaves nothing of one that is deleted', async () => {
    const threads = openMongoGraphThreads(database);
    const config = await put(1, { thread_id: 'a' }, { log: 'x'.repeat(1_100) }, { log: 1 });
    await saver.putWrites(config, [['log', 1]], 'task');
    await put(1, { thread_id: 'b' }, {}, {});
    expect(await threads.list('', 10)).toEqual(['a', 'b']);
    expect(await threads.list('a', 10)).toEqual(['b']);
    await saver.deleteThread('b');
    await threads.delete('a');
    expect([await threads.has('a'), await threads.has('b')]).toEqual([false, false]);
    const left = await Promise.all(COLLECTIONS.map((name) => database.collection(name).find({})));
    expect(left.flat()).toEqual([]);
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
