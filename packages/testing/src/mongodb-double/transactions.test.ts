import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientSession, MongoError } from 'mongodb';
import { until } from '../contracts/until.ts';
import { aMongodbWorld, type MongodbWorld } from './mongodb-world.fixture.ts';

let world: MongodbWorld;
beforeAll(async () => {
  world = await aMongodbWorld();
});
afterAll(async () => {
  await world.close();
});

async function inTransactions(
  count: number,
  run: (...sessions: readonly ClientSession[]) => Promise<void>,
): Promise<void> {
  const sessions = Array.from({ length: count }, () => world.client.startSession());
  for (const session of sessions) session.startTransaction();
  try {
    await run(...sessions);
  } finally {
    await Promise.all(sessions.map((session) => session.endSession()));
  }
}

async function failure(promise: Promise<unknown>): Promise<MongoError> {
  return await promise.then(
    () => Promise.reject(new Error('it was expected to fail')),
    (error: MongoError) => error,
  );
}

describe('a transaction', () => {
  it('is invisible until its commit, and whole after it', async () => {
    const [plans, votes] = [world.aCollection(), world.aCollection()];
    await inTransactions(1, async (session) => {
      await plans.insertOne({ _id: 'p' }, { session });
      await votes.insertOne({ _id: 'v' }, { session });
      expect(await plans.findOne({ _id: 'p' }, { session })).toEqual({ _id: 'p' });
      expect(await plans.countDocuments()).toBe(0);
      await session?.commitTransaction();
    });
    expect([await plans.countDocuments(), await votes.countDocuments()]).toEqual([1, 1]);
  });

  it('leaves nothing behind when it is aborted', async () => {
    const documents = world.aCollection();
    await documents.createIndex({ k: 1 }, { unique: true });
    await documents.insertOne({ _id: 1, n: 1, k: 'kept' });
    await inTransactions(1, async (session) => {
      await documents.updateOne({ _id: 1 }, { $set: { n: 2, k: 'lost' } }, { session });
      await documents.insertOne({ _id: 2, k: 'new' }, { session });
      await session?.abortTransaction();
    });
    await documents.insertMany([
      { _id: 3, k: 'lost' },
      { _id: 4, k: 'new' },
    ]);
    expect(await documents.find({}).toArray()).toEqual([
      { _id: 1, n: 1, k: 'kept' },
      { _id: 3, k: 'lost' },
      { _id: 4, k: 'new' },
    ]);
  });

  it('reads the moment of its start, whatever is committed meanwhile', async () => {
    const documents = world.aCollection();
    await documents.insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 1 },
    ]);
    await inTransactions(1, async (session) => {
      expect(await documents.countDocuments({ n: 1 }, { session })).toBe(2);
      await documents.updateOne({ _id: 1 }, { $set: { n: 2 } });
      await documents.deleteOne({ _id: 2 });
      await documents.insertOne({ _id: 3, n: 1 });
      expect(await documents.find({}, { session }).toArray()).toEqual([
        { _id: 1, n: 1 },
        { _id: 2, n: 1 },
      ]);
      await session?.commitTransaction();
    });
    expect(await documents.find({}).toArray()).toEqual([
      { _id: 1, n: 2 },
      { _id: 3, n: 1 },
    ]);
  });

  it('sees its own writes in finds, counts and aggregations', async () => {
    const documents = world.aCollection();
    await documents.insertMany([{ _id: 1 }, { _id: 2 }]);
    await inTransactions(1, async (session) => {
      await documents.deleteOne({ _id: 1 }, { session });
      await documents.insertOne({ _id: 3 }, { session });
      await documents.updateMany({}, { $set: { mine: true } }, { session });
      expect(await documents.countDocuments({ mine: true }, { session })).toBe(2);
      const ids = await documents.aggregate([{ $sort: { _id: 1 } }], { session }).toArray();
      expect(ids.map(({ _id }) => _id)).toEqual([2, 3]);
      await session?.abortTransaction();
    });
    expect(await documents.find({}).toArray()).toEqual([{ _id: 1 }, { _id: 2 }]);
  });
});

describe('two writers', () => {
  it('of one document in two transactions: the second gets a transient write conflict', async () => {
    const documents = world.aCollection();
    await documents.insertOne({ _id: 1, n: 0 });
    await inTransactions(2, async (first, second) => {
      await documents.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session: first });
      const error = await failure(documents.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session: second }));
      expect(error).toMatchObject({ code: 112, codeName: 'WriteConflict' });
      expect(error.hasErrorLabel('TransientTransactionError')).toBe(true);
      await first?.commitTransaction();
      const after = await failure(documents.findOne({}, { session: second }));
      expect(after).toMatchObject({ code: 251, codeName: 'NoSuchTransaction' });
    });
    expect(await documents.findOne({})).toEqual({ _id: 1, n: 1 });
  });

  it('of one document, the other one committed since the snapshot: a conflict too', async () => {
    const documents = world.aCollection();
    await documents.insertOne({ _id: 1, n: 0 });
    await inTransactions(1, async (session) => {
      await documents.findOne({ _id: 1 }, { session });
      await documents.updateOne({ _id: 1 }, { $set: { n: 5 } });
      expect(await failure(documents.deleteOne({ _id: 1 }, { session }))).toMatchObject({ code: 112 });
    });
    expect(await documents.findOne({})).toEqual({ _id: 1, n: 5 });
  });

  it('of one new _id in two transactions conflict', async () => {
    const documents = world.aCollection();
    await inTransactions(2, async (first, second) => {
      await documents.insertOne({ _id: 'same', by: 1 }, { session: first });
      expect(await failure(documents.insertOne({ _id: 'same', by: 2 }, { session: second }))).toMatchObject({
        code: 112,
      });
      await first?.commitTransaction();
    });
    expect(await documents.find({}).toArray()).toEqual([{ _id: 'same', by: 1 }]);
  });

  it('of one unique key in two transactions conflict', async () => {
    const documents = world.aCollection();
    await documents.createIndex({ k: 1 }, { unique: true });
    await inTransactions(2, async (first, second) => {
      await documents.insertOne({ _id: 1, k: 'same' }, { session: first });
      expect(await failure(documents.insertOne({ _id: 2, k: 'same' }, { session: second }))).toMatchObject({
        code: 112,
      });
      await first?.commitTransaction();
    });
    expect(await documents.countDocuments()).toBe(1);
  });

  it('of a key that was given away since the snapshot conflict', async () => {
    const documents = world.aCollection();
    await documents.createIndex({ k: 1 }, { unique: true });
    await documents.insertOne({ _id: 1, k: 'same' });
    await inTransactions(1, async (session) => {
      await documents.findOne({}, { session });
      await documents.deleteOne({ _id: 1 });
      expect(await failure(documents.insertOne({ _id: 2, k: 'same' }, { session }))).toMatchObject({
        code: 112,
      });
    });
  });

  it('outside of transactions wait for the one that holds the document', async () => {
    const documents = world.aCollection();
    await documents.insertOne({ _id: 1, n: 0 });
    await inTransactions(1, async (session) => {
      await documents.updateOne({ _id: 1 }, { $set: { n: 1 } }, { session });
      const waiting = documents.updateOne({ _id: 1 }, { $inc: { n: 10 } });
      await untilCommand('update', 2);
      expect(await documents.findOne({})).toEqual({ _id: 1, n: 0 });
      await session?.commitTransaction();
      expect(await waiting).toMatchObject({ modifiedCount: 1 });
    });
    expect(await documents.findOne({})).toEqual({ _id: 1, n: 11 });
  });

  it('outside of transactions give up at maxTimeMS', async () => {
    const documents = world.aCollection();
    await documents.insertOne({ _id: 1 });
    await inTransactions(1, async (session) => {
      await documents.deleteOne({ _id: 1 }, { session });
      const late = failure(documents.findOneAndUpdate({ _id: 1 }, { $set: { n: 1 } }, { maxTimeMS: 500 }));
      await world.clock.untilSleeping();
      await world.clock.advance(500);
      expect(await late).toMatchObject({ code: 50, codeName: 'MaxTimeMSExpired' });
    });
  });

  it('through withTransaction all get through, one after the other', async () => {
    const documents = world.aCollection();
    await documents.insertOne({ _id: 'counter', n: 0 });
    const increments = Array.from({ length: 8 }, () =>
      world.client.withSession((session) =>
        session.withTransaction(async () => {
          const found = await documents.findOne({ _id: 'counter' }, { session });
          await documents.updateOne(
            { _id: 'counter' },
            { $set: { n: Number(found?.['n']) + 1 } },
            { session },
          );
        }),
      ),
    );
    await Promise.all(increments);
    expect(await documents.findOne({})).toEqual({ _id: 'counter', n: 8 });
  });

  it('may disagree about what they only read (write skew), as under snapshot isolation', async () => {
    const documents = world.aCollection();
    await documents.insertMany([
      { _id: 1, onCall: true },
      { _id: 2, onCall: true },
    ]);
    await inTransactions(2, async (first, second) => {
      expect(await documents.countDocuments({ onCall: true }, { session: first })).toBe(2);
      expect(await documents.countDocuments({ onCall: true }, { session: second })).toBe(2);
      await documents.updateOne({ _id: 1 }, { $set: { onCall: false } }, { session: first });
      await documents.updateOne({ _id: 2 }, { $set: { onCall: false } }, { session: second });
      await first?.commitTransaction();
      await second?.commitTransaction();
    });
    expect(await documents.countDocuments({ onCall: true })).toBe(0);
  });
});

describe('an error in a transaction', () => {
  it('ends it: a duplicate key undoes what came before', async () => {
    const documents = world.aCollection();
    await documents.createIndex({ k: 1 }, { unique: true });
    await documents.insertOne({ _id: 1, k: 'taken' });
    await inTransactions(1, async (session) => {
      await documents.insertOne({ _id: 2, k: 'free' }, { session });
      expect(await failure(documents.insertOne({ _id: 3, k: 'taken' }, { session }))).toMatchObject({
        code: 11000,
      });
      expect(await failure(documents.insertOne({ _id: 4 }, { session }))).toMatchObject({ code: 251 });
    });
    expect(await documents.distinct('_id')).toEqual([1]);
  });

  it('comes from what cannot run in one', async () => {
    const documents = world.aCollection();
    await inTransactions(1, async (session) => {
      expect(await failure(documents.createIndex({ k: 1 }, { session }))).toMatchObject({ code: 263 });
    });
  });

  it('comes a minute after its start, when the server ends it', async () => {
    const documents = world.aCollection();
    await inTransactions(1, async (session) => {
      await documents.insertOne({ _id: 1 }, { session });
      await world.clock.advance(60_000);
      const error = await failure((session as ClientSession).commitTransaction());
      expect(error).toMatchObject({ code: 251 });
      expect(error.hasErrorLabel('TransientTransactionError')).toBe(true);
    });
    expect(await documents.countDocuments()).toBe(0);
  });
});

describe('committing', () => {
  it('again answers the same', async () => {
    const documents = world.aCollection();
    await inTransactions(1, async (session) => {
      await documents.insertOne({ _id: 1 }, { session });
      await session?.commitTransaction();
      await session?.commitTransaction();
    });
    expect(await documents.countDocuments()).toBe(1);
  });

  it('carries the write concern that the session was given', async () => {
    const documents = world.aCollection();
    world.double.forgetCommands();
    const session = world.client.startSession();
    await session.withTransaction(() => documents.insertOne({ _id: 1 }, { session }), {
      readConcern: { level: 'snapshot' },
      writeConcern: { w: 'majority', journal: true },
    });
    await session.endSession();
    const [insert, commit] = world.double.commands;
    expect(insert?.body).toMatchObject({
      startTransaction: true,
      autocommit: false,
      readConcern: { level: 'snapshot' },
    });
    expect(insert?.body).not.toHaveProperty('writeConcern');
    expect(commit).toMatchObject({
      name: 'commitTransaction',
      body: { writeConcern: { w: 'majority', j: true } },
    });
  });
});

/** The command waits in the server: nothing tells but that it has come. */
async function untilCommand(name: string, count: number): Promise<void> {
  const seen = () => world.double.commands.filter((command) => command.name === name).length >= count;
  await until(seen, `${name} has come`);
}
