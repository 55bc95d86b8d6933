import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Long, MongoClient, MongoNetworkError, MongoServerError, UUID } from 'mongodb';
import { startMongodbDouble } from './mongodb-double.ts';
import { aMongodbWorld, type MongodbWorld } from './mongodb-world.fixture.ts';
import { connectWire } from './wire-client.fixture.ts';

let world: MongodbWorld;
beforeEach(async () => {
  // A monitor that has just failed looks again only after this time.
  world = await aMongodbWorld({ driver: { heartbeatFrequencyMS: 20 } });
});
afterEach(async () => {
  await world.close();
});

const sent = (name: string) => world.double.commands.filter((command) => command.name === name);

describe('a connection that breaks', () => {
  it.each(['before_effect', 'after_effect'] as const)(
    '%s gives an insert, an update and a findAndModify one effect each',
    async (moment) => {
      const documents = world.aCollection();
      world.double.fail({ kind: 'drop_connection', moment, commands: ['insert'] });
      await documents.insertOne({ _id: 1, n: 0 });
      world.double.fail({ kind: 'drop_connection', moment, commands: ['update'] });
      expect(await documents.updateOne({ _id: 1 }, { $inc: { n: 1 } })).toMatchObject({ modifiedCount: 1 });
      world.double.fail({ kind: 'drop_connection', moment, commands: ['findAndModify'] });
      expect(await documents.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } })).toEqual({ _id: 1, n: 1 });
      expect(await documents.findOne({})).toEqual({ _id: 1, n: 2 });
      const [first, second] = sent('update').map(({ body: { lsid, txnNumber } }) => ({ lsid, txnNumber }));
      expect(second).toEqual(first);
      expect(world.double.pendingFaults).toBe(0);
    },
  );

  it('after a commit leaves it committed, and the driver finds out', async () => {
    const documents = world.aCollection();
    world.double.fail({ kind: 'drop_connection', moment: 'after_effect', commands: ['commitTransaction'] });
    await world.client.withSession((session) =>
      session.withTransaction(() => documents.insertOne({ _id: 1 }, { session })),
    );
    expect(sent('commitTransaction')).toHaveLength(2);
    expect(await documents.countDocuments()).toBe(1);
  });

  it('again at the second try reaches the caller, who cannot know what happened', async () => {
    const documents = world.aCollection();
    await documents.insertOne({ _id: 1, n: 0 });
    world.double.fail({ kind: 'drop_connection', moment: 'after_effect', commands: ['update'], times: 2 });
    await expect(documents.updateOne({ _id: 1 }, { $inc: { n: 1 } })).rejects.toBeInstanceOf(
      MongoNetworkError,
    );
    expect(await documents.findOne({})).toEqual({ _id: 1, n: 1 });
  });

  it('does a driver without retryable writes twice what it does twice', async () => {
    const client = await new MongoClient(world.double.url, { retryWrites: false }).connect();
    const documents = client.db('tests').collection<{ _id: number; n: number }>('plain');
    await documents.insertOne({ _id: 1, n: 0 });
    world.double.fail({ kind: 'drop_connection', moment: 'after_effect', commands: ['update'] });
    await expect(documents.updateOne({ _id: 1 }, { $inc: { n: 1 } })).rejects.toBeInstanceOf(
      MongoNetworkError,
    );
    await documents.updateOne({ _id: 1 }, { $inc: { n: 1 } });
    expect(await documents.findOne({})).toEqual({ _id: 1, n: 2 });
    await client.close();
  });

  it('in the middle of a batch repeats no statement of it', async () => {
    const documents = world.aCollection();
    world.double.fail({ kind: 'drop_connection', moment: 'after_effect', commands: ['insert'] });
    expect(await documents.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }])).toMatchObject({
      insertedCount: 3,
    });
    expect(await documents.countDocuments()).toBe(3);
  });
});

describe('an ordered error', () => {
  it.each([10107, 189, 91, 11602])('%i is tried again by the driver', async (code) => {
    const documents = world.aCollection();
    world.double.fail({ kind: 'error', code, commands: ['insert'] });
    await documents.insertOne({ _id: 1 });
    expect(sent('insert')).toHaveLength(2);
    expect(await documents.countDocuments()).toBe(1);
  });

  it('that is not retryable reaches the caller with code and name', async () => {
    const documents = world.aCollection();
    world.double.fail({ kind: 'error', code: 14, commands: ['insert'], message: 'ordered' });
    await expect(documents.insertOne({ _id: 1 })).rejects.toMatchObject({
      code: 14,
      codeName: 'TypeMismatch',
      message: 'ordered',
    });
    expect(await documents.countDocuments()).toBe(0);
  });

  it('meets the command that the test describes, after those that it lets pass', async () => {
    const documents = world.aCollection();
    world.double.fail({
      kind: 'error',
      code: 2,
      when: (body) => body['insert'] === documents.collectionName,
      skip: 1,
    });
    await world.aCollection().insertOne({ _id: 0 });
    await documents.insertOne({ _id: 1 });
    await expect(documents.insertOne({ _id: 2 })).rejects.toBeInstanceOf(MongoServerError);
    await documents.insertOne({ _id: 3 });
    expect(await documents.distinct('_id')).toEqual([1, 3]);
  });

  it('of the write concern stands beside a write that did happen', async () => {
    const documents = world.aCollection();
    world.double.fail({ kind: 'write_concern_error', code: 64, commands: ['insert'] });
    await expect(documents.insertOne({ _id: 1 })).rejects.toMatchObject({ code: 64 });
    expect(await documents.countDocuments()).toBe(1);
  });

  it('is forgotten when the test says so', async () => {
    world.double.fail({ kind: 'error', code: 2 });
    world.double.clearFaults();
    await world.aCollection().insertOne({ _id: 1 });
    expect(world.double.pendingFaults).toBe(0);
  });
});

describe('a delay', () => {
  it('holds the answer back by the injected clock', async () => {
    const documents = world.aCollection();
    world.double.fail({ kind: 'delay', moment: 'after_effect', durationMs: 5_000, commands: ['insert'] });
    const inserting = documents.insertOne({ _id: 1 });
    await world.clock.untilSleeping();
    expect(await documents.countDocuments()).toBe(1);
    await world.clock.advance(5_000);
    expect(await inserting).toMatchObject({ insertedId: 1 });
  });

  it('before the effect lets others be first', async () => {
    const documents = world.aCollection();
    await documents.insertOne({ _id: 'lease', epoch: 1 });
    world.double.fail({
      kind: 'delay',
      moment: 'before_effect',
      durationMs: 5_000,
      commands: ['findAndModify'],
    });
    const zombie = documents.findOneAndUpdate({ _id: 'lease', epoch: 1 }, { $set: { owner: 'zombie' } });
    await world.clock.untilSleeping();
    await documents.updateOne({ _id: 'lease', epoch: 1 }, { $inc: { epoch: 1 } });
    await world.clock.advance(5_000);
    expect(await zombie).toBeNull();
  });
});

describe('a step-down', () => {
  it('refuses writes until the driver looks again, and ends open transactions', async () => {
    const documents = world.aCollection();
    await documents.insertOne({ _id: 1 });
    const session = world.client.startSession();
    session.startTransaction();
    await documents.insertOne({ _id: 2 }, { session });
    world.double.stepDown();
    await documents.insertOne({ _id: 3 });
    await expect(session.commitTransaction()).rejects.toMatchObject({ code: 251 });
    await session.endSession();
    expect(await documents.distinct('_id')).toEqual([1, 3]);
  });
});

describe('a restart', () => {
  /** Resolves when the driver has seen it too: before that it would use connections that are gone. */
  async function halted(): Promise<void> {
    const noticed = once(world.client, 'serverHeartbeatFailed');
    await world.double.halt();
    await noticed;
  }

  async function restarted(data?: 'lost'): Promise<void> {
    await halted();
    await world.double.resume(data);
  }

  it('keeps the data, the indexes and what retryable writes did', async () => {
    const documents = world.aCollection();
    await documents.createIndex({ k: 1 }, { unique: true });
    await documents.insertOne({ _id: 1, k: 'a', n: 0 });
    const increment = {
      update: documents.collectionName,
      updates: [{ q: { _id: 1 }, u: { $inc: { n: 1 } } }],
      lsid: { id: new UUID() },
      txnNumber: Long.fromNumber(1),
    };
    const before = connectWire(world.double.url);
    expect(await before.ask(increment)).toMatchObject({ ok: 1, n: 1, nModified: 1 });
    await world.double.restart();
    await before.closed;
    const after = connectWire(world.double.url);
    expect(await after.ask(increment)).toMatchObject({ ok: 1, n: 1, nModified: 1, retriedStmtIds: [0] });
    after.close();
    expect(await documents.findOne({})).toEqual({ _id: 1, k: 'a', n: 1 });
    await expect(documents.insertOne({ _id: 2, k: 'a' })).rejects.toMatchObject({ code: 11000 });
  });

  it('aborts open transactions', async () => {
    const documents = world.aCollection();
    const session = world.client.startSession();
    session.startTransaction();
    await documents.insertOne({ _id: 1 }, { session });
    await restarted();
    await expect(session.commitTransaction()).rejects.toMatchObject({ code: 251 });
    await session.endSession();
    expect(await documents.countDocuments()).toBe(0);
  });

  it('with its data lost is empty', async () => {
    const documents = world.aCollection();
    await documents.insertOne({ _id: 1 });
    await restarted('lost');
    expect(await documents.countDocuments()).toBe(0);
  });

  it('is waited for by the driver while the server is down', async () => {
    const documents = world.aCollection();
    await documents.insertOne({ _id: 1 });
    await halted();
    const inserting = documents.insertOne({ _id: 2 });
    await world.double.resume();
    expect(await inserting).toMatchObject({ insertedId: 2 });
  });
});

describe('a standalone', () => {
  it('says that it is no member of a set and has no transactions', async () => {
    const double = await startMongodbDouble({ mode: 'standalone' });
    const client = await new MongoClient(double.url).connect();
    const documents = client.db('tests').collection<{ _id: number }>('documents');
    await documents.insertOne({ _id: 1 });
    const hello = await client.db('admin').command({ hello: 1 });
    expect(hello).toMatchObject({ isWritablePrimary: true });
    expect(hello).not.toHaveProperty('setName');
    await expect(
      client.withSession((session) =>
        session.withTransaction(() => documents.insertOne({ _id: 2 }, { session })),
      ),
    ).rejects.toThrow('does not support retryable writes');
    expect(await documents.countDocuments()).toBe(1);
    await client.close();
    await double.stop();
  });
});
