import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Binary, type UpdateFilter } from 'mongodb';
import { type AnyDocument, aMongodbWorld, type MongodbWorld } from './mongodb-world.fixture.ts';

let world: MongodbWorld;
beforeAll(async () => {
  world = await aMongodbWorld();
});
afterAll(async () => {
  await world.close();
});

async function updated(before: Record<string, unknown>, change: object): Promise<unknown> {
  const documents = world.aCollection();
  await documents.insertOne({ _id: 'd', ...before });
  await documents.updateOne({ _id: 'd' }, change as UpdateFilter<AnyDocument>);
  const { _id, ...after } = (await documents.findOne({ _id: 'd' })) ?? { _id: undefined };
  return after;
}

describe('update operators', () => {
  it.each([
    ['$set', { n: 1 }, { $set: { 'a.b': 2 } }, { n: 1, a: { b: 2 } }],
    ['$unset', { n: 1, a: { b: 1, c: 2 } }, { $unset: { 'a.b': '' } }, { n: 1, a: { c: 2 } }],
    ['$inc', { n: 1 }, { $inc: { n: 2, fresh: -1 } }, { n: 3, fresh: -1 }],
    ['$mul', { n: 3 }, { $mul: { n: 2 } }, { n: 6 }],
    ['$mul to zero', { n: -3 }, { $mul: { n: 0 } }, { n: 0 }],
    ['$min', { n: 3 }, { $min: { n: 2 } }, { n: 2 }],
    ['$max', { n: 3 }, { $max: { n: 2 } }, { n: 3 }],
    ['$rename', { old: 1 }, { $rename: { old: 'fresh' } }, { fresh: 1 }],
    ['$push', { list: [1] }, { $push: { list: 2 } }, { list: [1, 2] }],
    ['$push to nothing', {}, { $push: { list: 2 } }, { list: [2] }],
    [
      '$push with $each and $slice',
      { list: [1] },
      { $push: { list: { $each: [2, 3], $slice: -2 } } },
      { list: [2, 3] },
    ],
    ['$addToSet', { list: [1] }, { $addToSet: { list: { $each: [1, 2] } } }, { list: [1, 2] }],
    ['$addToSet beside repeated elements', { list: [1, 1] }, { $addToSet: { list: 2 } }, { list: [1, 1, 2] }],
    ['$pull', { list: [1, 2, 3] }, { $pull: { list: { $gte: 2 } } }, { list: [1] }],
    ['$pullAll', { list: [1, 2, 1] }, { $pullAll: { list: [1] } }, { list: [2] }],
    ['$pop', { list: [1, 2] }, { $pop: { list: 1 } }, { list: [1] }],
    ['several at once', { n: 1, list: [] }, { $inc: { n: 1 }, $push: { list: 'x' } }, { n: 2, list: ['x'] }],
    [
      'an index of an array',
      { list: [{ v: 1 }, { v: 2 }] },
      { $set: { 'list.1.v': 9 } },
      { list: [{ v: 1 }, { v: 9 }] },
    ],
    ['$[]', { list: [{ v: 1 }, { v: 2 }] }, { $inc: { 'list.$[].v': 1 } }, { list: [{ v: 2 }, { v: 3 }] }],
  ])('%s', async (_name, before, change, after) => {
    expect(await updated(before, change)).toEqual(after);
  });

  it('$currentDate takes the injected clock', async () => {
    expect(await updated({}, { $currentDate: { at: true } })).toEqual({ at: new Date(world.clock.now()) });
  });

  it('changes the element that the filter matched', async () => {
    const documents = world.aCollection();
    await documents.insertOne({
      _id: 1,
      list: [
        { k: 'a', v: 1 },
        { k: 'b', v: 1 },
      ],
    });
    await documents.updateOne({ _id: 1, 'list.k': 'b' }, { $set: { 'list.$.v': 2 } });
    await documents.updateOne(
      { _id: 1 },
      { $set: { 'list.$[one].v': 5 } },
      { arrayFilters: [{ 'one.k': 'a' }] },
    );
    expect(await documents.findOne({})).toEqual({
      _id: 1,
      list: [
        { k: 'a', v: 5 },
        { k: 'b', v: 2 },
      ],
    });
  });

  it('runs a pipeline over the document', async () => {
    const pipeline = [{ $set: { total: { $add: ['$a', '$b'] }, at: '$$NOW' } }, { $unset: 'a' }];
    expect(await updated({ a: 1, b: 2 }, pipeline)).toEqual({
      b: 2,
      total: 3,
      at: new Date(world.clock.now()),
    });
  });

  it.each([
    ['an unknown operator', { $frobnicate: { n: 1 } }, 9],
    ['a number added to a text', { $inc: { text: 1 } }, 14],
    ['a number added to null', { $inc: { nothing: 1 } }, 14],
    ['a text added to a number', { $inc: { n: 'x' } }, 14],
    ['a push to what is no list', { $push: { n: 1 } }, 2],
    ['a field inside a number', { $set: { 'n.inner': 1 } }, 28],
    ['one path twice', { $set: { n: 1 }, $inc: { n: 1 } }, 40],
    ['a path and a path under it', { $set: { 'a.b': 1, a: 2 } }, 40],
    ['another _id', { $set: { _id: 'other' } }, 66],
    ['an empty field name', { $set: { 'a.': 1 } }, 56],
  ])('refuses %s and changes nothing', async (_name, change, code) => {
    const documents = world.aCollection();
    await documents.insertOne({ _id: 'd', n: 1, text: 't', nothing: null });
    await expect(
      documents.updateOne({ _id: 'd' }, change as UpdateFilter<AnyDocument>),
    ).rejects.toMatchObject({ code });
    expect(await documents.findOne({})).toEqual({ _id: 'd', n: 1, text: 't', nothing: null });
  });
});

describe('updating', () => {
  it('tells matched from modified', async () => {
    const documents = world.aCollection();
    await documents.insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ]);
    expect(await documents.updateMany({}, { $set: { n: 2 } })).toMatchObject({
      matchedCount: 2,
      modifiedCount: 1,
    });
    expect(await documents.updateOne({ n: 9 }, { $set: { n: 0 } })).toMatchObject({ matchedCount: 0 });
  });

  it('replaces a document and keeps its _id', async () => {
    const documents = world.aCollection();
    await documents.insertOne({ _id: 1, n: 1 });
    await documents.replaceOne({ _id: 1 }, { other: 2 });
    expect(await documents.findOne({})).toEqual({ _id: 1, other: 2 });
    await expect(documents.replaceOne({ _id: 1 }, { _id: 2 } as never)).rejects.toMatchObject({ code: 66 });
  });

  it('inserts what an upsert does not find, from filter, $set and $setOnInsert', async () => {
    const documents = world.aCollection();
    const change = { $set: { a: 1 }, $setOnInsert: { fresh: true }, $inc: { n: 1 } };
    const first = await documents.updateOne({ _id: 'u', kind: { $eq: 'k' }, rank: { $gt: 0 } }, change, {
      upsert: true,
    });
    expect(first).toMatchObject({ upsertedId: 'u', upsertedCount: 1, matchedCount: 0 });
    expect(await documents.findOne({})).toEqual({ _id: 'u', kind: 'k', a: 1, fresh: true, n: 1 });
    await documents.updateOne(
      { _id: 'u' },
      { $setOnInsert: { fresh: 'again' }, $inc: { n: 1 } },
      { upsert: true },
    );
    expect(await documents.findOne({})).toEqual({ _id: 'u', kind: 'k', a: 1, fresh: true, n: 2 });
  });

  it('cannot tell what an upsert inserts from a filter that names a field twice', async () => {
    const documents = world.aCollection();
    const filter = { $and: [{ _id: 1 }, { _id: 2 }] };
    await expect(documents.updateOne(filter, { $set: { n: 1 } }, { upsert: true })).rejects.toMatchObject({
      code: 54,
    });
  });

  it('does not insert a document whose _id is another one of the filter', async () => {
    const documents = world.aCollection();
    const change = { $set: { _id: 'other' } };
    await expect(documents.updateOne({ _id: 'u' }, change, { upsert: true })).rejects.toMatchObject({
      code: 66,
    });
  });

  it('turns a lost race of upserts into a duplicate key', async () => {
    const documents = world.aCollection();
    await documents.insertOne({ _id: 'lock', owner: 'ann' });
    await expect(
      documents.updateOne({ _id: 'lock', owner: 'bob' }, { $set: { at: 1 } }, { upsert: true }),
    ).rejects.toMatchObject({ code: 11000 });
  });

  it('tells binary data apart that are no text', async () => {
    const documents = world.aCollection();
    const [one, other] = [new Binary(Buffer.from([0xff])), new Binary(Buffer.from([0xfe]))];
    await documents.insertOne({ _id: 1, bytes: one });
    expect(await documents.findOne({ bytes: other })).toBeNull();
    expect(await documents.updateOne({ bytes: one }, { $set: { bytes: other } })).toMatchObject({
      modifiedCount: 1,
    });
    expect(await documents.findOne({})).toEqual({ _id: 1, bytes: other });
  });

  it('runs a mixed bulk in order', async () => {
    const documents = world.aCollection();
    const outcome = await documents.bulkWrite([
      { insertOne: { document: { _id: 1, n: 0 } } },
      { updateOne: { filter: { _id: 1 }, update: { $inc: { n: 5 } } } },
      { updateOne: { filter: { _id: 2 }, update: { $set: { n: 1 } }, upsert: true } },
      { deleteOne: { filter: { _id: 1 } } },
    ]);
    expect(outcome).toMatchObject({
      insertedCount: 1,
      modifiedCount: 1,
      upsertedIds: { 2: 2 },
      deletedCount: 1,
    });
    expect(await documents.find({}).toArray()).toEqual([{ _id: 2, n: 1 }]);
  });
});

describe('findOneAnd…', () => {
  it('gives the document before or after', async () => {
    const documents = world.aCollection();
    await documents.insertOne({ _id: 1, n: 1 });
    expect(await documents.findOneAndUpdate({ _id: 1 }, { $inc: { n: 1 } })).toEqual({ _id: 1, n: 1 });
    expect(
      await documents.findOneAndUpdate(
        { _id: 1 },
        { $inc: { n: 1 } },
        { returnDocument: 'after', projection: { n: 1 } },
      ),
    ).toEqual({ _id: 1, n: 3 });
    expect(await documents.findOneAndUpdate({ _id: 9 }, { $inc: { n: 1 } })).toBeNull();
  });

  it('takes the first in the given order', async () => {
    const documents = world.aCollection();
    await documents.insertMany([
      { _id: 1, due: 9 },
      { _id: 2, due: 3 },
      { _id: 3, due: 5 },
    ]);
    expect(await documents.findOneAndDelete({ due: { $gt: 0 } }, { sort: { due: 1 } })).toEqual({
      _id: 2,
      due: 3,
    });
  });

  it('upserts and replaces', async () => {
    const documents = world.aCollection();
    const options = { upsert: true, returnDocument: 'after' } as const;
    expect(await documents.findOneAndReplace({ _id: 1 }, { n: 1 }, options)).toEqual({ _id: 1, n: 1 });
    expect(await documents.findOneAndReplace({ _id: 1 }, { n: 2 }, options)).toEqual({ _id: 1, n: 2 });
  });

  it('lets exactly one of fifty parallel writers win a compare-and-set', async () => {
    const documents = world.aCollection();
    await documents.insertOne({ _id: 'lease', epoch: 1 });
    const attempts = Array.from({ length: 50 }, (_, writer) =>
      documents.findOneAndUpdate({ _id: 'lease', epoch: 1 }, { $set: { epoch: 2, owner: writer } }),
    );
    const winners = (await Promise.all(attempts)).flatMap((won, writer) => (won === null ? [] : [writer]));
    expect(winners).toHaveLength(1);
    expect(await documents.findOne({})).toEqual({ _id: 'lease', epoch: 2, owner: winners[0] });
  });
});
