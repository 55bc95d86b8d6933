import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Binary, Decimal128, Long, ObjectId, UUID } from 'mongodb';
import { type AnyDocument, aMongodbWorld, type MongodbWorld } from './mongodb-world.fixture.ts';

let world: MongodbWorld;
beforeAll(async () => {
  world = await aMongodbWorld();
});
afterAll(async () => {
  await world.close();
});

function named(...names: readonly string[]): AnyDocument[] {
  return names.map((_id, index) => ({ _id, rank: index }));
}

describe('inserting', () => {
  it('keeps a document as it came, with its types', async () => {
    const documents = world.aCollection();
    const document = {
      _id: new ObjectId(),
      text: 'ü',
      whole: 7,
      part: 0.5,
      large: Long.fromString('9007199254740993'),
      money: Decimal128.fromString('1.10'),
      when: new Date(1_700_000_000_000),
      bytes: new Binary(Buffer.from([0, 255])),
      uuid: new UUID('0b8f9a52-3f4b-4c0e-8b52-5d2a7f6f2f11'),
      nothing: null,
      list: [1, 'two', { three: 3 }],
      nested: { deep: { er: true } },
    };
    await documents.insertOne(document);
    expect(await documents.findOne({ _id: document._id })).toEqual(document);
  });

  it('puts _id first', async () => {
    const documents = world.aCollection();
    await documents.insertOne({ rank: 1, _id: 'late' });
    expect(Object.keys((await documents.findOne({})) ?? {})).toEqual(['_id', 'rank']);
  });

  it('takes the same value for _id once, whatever its numeric type', async () => {
    const documents = world.aCollection();
    await documents.insertOne({ _id: 1 });
    await expect(documents.insertOne({ _id: Long.fromNumber(1) as never })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { _id: 1 },
      keyValue: { _id: 1 },
    });
  });

  it('stops an ordered batch at the first error and says what went in', async () => {
    const documents = world.aCollection();
    await expect(documents.insertMany(named('a', 'a', 'b'))).rejects.toMatchObject({ insertedCount: 1 });
    expect(await documents.countDocuments()).toBe(1);
  });

  it('goes on with an unordered batch', async () => {
    const documents = world.aCollection();
    await expect(documents.insertMany(named('a', 'a', 'b'), { ordered: false })).rejects.toMatchObject({
      insertedCount: 2,
    });
    expect(await documents.distinct('_id')).toEqual(['a', 'b']);
  });

  it('refuses an array as _id', async () => {
    await expect(world.aCollection().insertOne({ _id: [1] as never })).rejects.toMatchObject({ code: 53 });
  });
});

describe('finding', () => {
  it('sorts by several keys, skips and limits', async () => {
    const documents = world.aCollection();
    await documents.insertMany([
      { _id: 1, group: 'b', rank: 1 },
      { _id: 2, group: 'a', rank: 1 },
      { _id: 3, group: 'a', rank: 2 },
      { _id: 4, group: 'b', rank: 2 },
    ]);
    const found = documents.find({}).sort({ group: 1, rank: -1 }).skip(1).limit(2);
    expect(await found.map(({ _id }) => _id).toArray()).toEqual([2, 4]);
  });

  it('sorts values of different types in the order of BSON', async () => {
    const documents = world.aCollection();
    const values = [true, new Date(0), 'text', { a: 1 }, 5, null, new ObjectId()];
    await documents.insertMany(values.map((value, _id) => ({ _id, value })));
    const sorted = await documents.find({}).sort({ value: 1 }).toArray();
    expect(sorted.map(({ value }) => value)).toEqual([
      null,
      5,
      'text',
      { a: 1 },
      values[6],
      true,
      new Date(0),
    ]);
  });

  it('sorts an empty array before null, and an array by its smallest or largest element', async () => {
    const documents = world.aCollection();
    await documents.insertMany([
      { _id: 'null' },
      { _id: 'empty', v: [] },
      { _id: 'wide', v: [1, 9] },
      { _id: 'five', v: 5 },
    ]);
    const order = async (direction: 1 | -1) =>
      (await documents.find({}).sort({ v: direction }).toArray()).map(({ _id }) => _id);
    expect(await order(1)).toEqual(['empty', 'null', 'wide', 'five']);
    expect(await order(-1)).toEqual(['wide', 'five', 'null', 'empty']);
  });

  it('heeds the order of fields in a nested document', async () => {
    const documents = world.aCollection();
    await documents.insertOne({ _id: 1, nested: { a: 1, b: 2 } });
    expect(await documents.countDocuments({ nested: { a: 1, b: 2 } })).toBe(1);
    expect(await documents.countDocuments({ nested: { b: 2, a: 1 } })).toBe(0);
  });

  it.each([
    [{ rank: { $gt: 1 } }, ['c']],
    [{ rank: { $lte: 1 } }, ['a', 'b']],
    [{ rank: { $in: [0, 2] } }, ['a', 'c']],
    [{ rank: { $nin: [0, 2] } }, ['b']],
    [{ rank: { $ne: 0 } }, ['b', 'c']],
    [{ $or: [{ _id: 'a' }, { rank: 2 }] }, ['a', 'c']],
    [{ $nor: [{ _id: 'a' }, { rank: 2 }] }, ['b']],
    [{ rank: { $not: { $gt: 0 } } }, ['a']],
    [{ missing: null }, ['a', 'b', 'c']],
    [{ missing: { $exists: true } }, []],
    [{ _id: /^[ab]/ }, ['a', 'b']],
    [{ _id: { $in: ['c', 'x', 'a'] } }, ['c', 'a']],
    [{ $expr: { $eq: ['$rank', 1] } }, ['b']],
  ])('matches %j', async (filter, ids) => {
    const documents = world.aCollection();
    await documents.insertMany(named('a', 'b', 'c'));
    const found = await documents.find(filter).toArray();
    expect(found.map(({ _id }) => _id)).toEqual(ids);
  });

  it('looks into arrays and nested documents', async () => {
    const documents = world.aCollection();
    await documents.insertMany([
      {
        _id: 1,
        votes: [
          { by: 'ann', yes: true },
          { by: 'bob', yes: false },
        ],
      },
      { _id: 2, votes: [{ by: 'bob', yes: true }] },
    ]);
    const ids = async (filter: Partial<AnyDocument>) =>
      (await documents.find(filter).toArray()).map(({ _id }) => _id);
    expect(await ids({ 'votes.by': 'ann' })).toEqual([1]);
    expect(await ids({ votes: { $elemMatch: { by: 'bob', yes: true } } })).toEqual([2]);
    expect(await ids({ votes: { $size: 2 } })).toEqual([1]);
    expect(await ids({ 'votes.0.by': 'bob' })).toEqual([2]);
  });

  it.each([
    [{ rank: 1 }, { _id: 'a', rank: 0 }],
    [{ _id: 0, rank: 1 }, { rank: 0 }],
    [{ 'nested.secret': 0 }, { _id: 'a', rank: 0, nested: { open: 1 } }],
    [{ 'nested.open': 1, _id: 0 }, { nested: { open: 1 } }],
  ])('projects %j and leaves the stored document alone', async (projection, shown) => {
    const documents = world.aCollection();
    const stored = { _id: 'a', rank: 0, nested: { open: 1, secret: 2 } };
    await documents.insertOne(stored);
    expect(await documents.findOne({}, { projection })).toEqual(shown);
    expect(await documents.findOne({})).toEqual(stored);
  });

  it('counts and tells distinct values', async () => {
    const documents = world.aCollection();
    await documents.insertMany([{ _id: 1, tags: ['x', 'y'] }, { _id: 2, tags: ['y'] }, { _id: 3 }]);
    expect(await documents.countDocuments({ tags: 'y' })).toBe(2);
    expect(await documents.estimatedDocumentCount()).toBe(3);
    expect(await documents.distinct('tags')).toEqual(['x', 'y']);
  });

  it('finds nothing in a collection that is not there', async () => {
    expect(await world.aCollection().find({}).toArray()).toEqual([]);
    expect(await world.aCollection().countDocuments()).toBe(0);
  });
});

describe('cursors', () => {
  it('bring large results in batches', async () => {
    const documents = world.aCollection();
    await documents.insertMany(Array.from({ length: 250 }, (_, _id) => ({ _id })));
    world.double.forgetCommands();
    expect(await documents.find({}, { batchSize: 100 }).toArray()).toHaveLength(250);
    expect(world.double.commands.map(({ name }) => name)).toEqual(['find', 'getMore', 'getMore']);
  });

  it('show what was there when they were opened', async () => {
    const documents = world.aCollection();
    await documents.insertMany(named('a', 'b', 'c'));
    const cursor = documents.find({}, { batchSize: 1 });
    await cursor.next();
    await documents.deleteMany({});
    expect(await cursor.toArray()).toHaveLength(2);
  });

  it('are closed on the server when the driver closes them', async () => {
    const documents = world.aCollection();
    await documents.insertMany(named('a', 'b', 'c'));
    world.double.forgetCommands();
    const cursor = documents.find({}, { batchSize: 1 });
    await cursor.next();
    await cursor.close();
    expect(world.double.commands.map(({ name }) => name)).toEqual(['find', 'killCursors']);
    const { id, getMore } = { id: Long.fromNumber(4_711), getMore: 'getMore' };
    await expect(
      world.client.db('tests').command({ [getMore]: id, collection: documents.collectionName }),
    ).rejects.toMatchObject({ code: 43, codeName: 'CursorNotFound' });
  });
});

describe('deleting', () => {
  it('takes one or all that match', async () => {
    const documents = world.aCollection();
    await documents.insertMany(named('a', 'b', 'c'));
    expect(await documents.deleteOne({ rank: { $lt: 2 } })).toMatchObject({ deletedCount: 1 });
    expect(await documents.deleteMany({})).toMatchObject({ deletedCount: 2 });
    expect(await documents.deleteMany({})).toMatchObject({ deletedCount: 0 });
  });
});

describe('aggregating', () => {
  it('groups, sorts and projects', async () => {
    const documents = world.aCollection();
    await documents.insertMany([
      { _id: 1, team: 'a', cost: 5 },
      { _id: 2, team: 'b', cost: 7 },
      { _id: 3, team: 'a', cost: 1 },
    ]);
    const stages = [
      { $match: { cost: { $gt: 0 } } },
      { $group: { _id: '$team', total: { $sum: '$cost' }, most: { $max: '$cost' } } },
      { $sort: { total: 1 } },
      { $project: { total: 1, spread: { $subtract: ['$total', '$most'] } } },
    ];
    expect(await documents.aggregate(stages).toArray()).toEqual([
      { _id: 'a', total: 6, spread: 1 },
      { _id: 'b', total: 7, spread: 0 },
    ]);
  });

  it('joins another collection', async () => {
    const [plans, votes] = [world.aCollection(), world.aCollection()];
    await plans.insertMany(named('p', 'q'));
    await votes.insertMany([
      { _id: 1, plan: 'p' },
      { _id: 2, plan: 'p' },
    ]);
    const from = votes.collectionName;
    const joined = await plans
      .aggregate([
        { $lookup: { from, localField: '_id', foreignField: 'plan', as: 'votes' } },
        { $sort: { _id: 1 } },
      ])
      .toArray();
    expect(joined.map((plan) => plan['votes'])).toEqual([
      [
        { _id: 1, plan: 'p' },
        { _id: 2, plan: 'p' },
      ],
      [],
    ]);
  });

  it('leaves stored documents alone', async () => {
    const documents = world.aCollection();
    await documents.insertOne({ _id: 1, nested: { a: 1, b: 2 } });
    await documents.aggregate([{ $unset: 'nested.a' }, { $set: { 'nested.b': 9 } }]).toArray();
    expect(await documents.findOne({})).toEqual({ _id: 1, nested: { a: 1, b: 2 } });
  });

  it.each([
    [{ $frobnicate: {} }, 40324],
    [{ $changeStream: {} }, 238],
    [{ $match: {}, $limit: 1 }, 40323],
  ])('refuses the stage %j', async (stage, code) => {
    await expect(world.aCollection().aggregate([stage]).toArray()).rejects.toMatchObject({ code });
  });
});
