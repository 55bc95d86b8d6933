import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aMongodbWorld, type MongodbWorld } from './mongodb-world.fixture.ts';

const DUPLICATE = { code: 11000 };

let world: MongodbWorld;
beforeAll(async () => {
  world = await aMongodbWorld();
});
afterAll(async () => {
  await world.close();
});

describe('unique indexes', () => {
  it('refuse a second document with the same key, and say which', async () => {
    const documents = world.aCollection();
    await documents.createIndex({ team: 1, user: -1 }, { unique: true });
    await documents.insertOne({ _id: 1, team: 'T', user: 'U' });
    await documents.insertOne({ _id: 2, team: 'T', user: 'V' });
    await expect(documents.insertOne({ _id: 3, team: 'T', user: 'U' })).rejects.toMatchObject({
      ...DUPLICATE,
      keyPattern: { team: 1, user: -1 },
      keyValue: { team: 'T', user: 'U' },
      message: expect.stringContaining('index: team_1_user_-1 dup key'),
    });
  });

  it('hold for updates too, and an update that keeps its key goes through', async () => {
    const documents = world.aCollection();
    await documents.createIndex({ k: 1 }, { unique: true });
    await documents.insertMany([
      { _id: 1, k: 'a' },
      { _id: 2, k: 'b' },
    ]);
    await expect(documents.updateOne({ _id: 2 }, { $set: { k: 'a' } })).rejects.toMatchObject(DUPLICATE);
    await expect(documents.findOneAndUpdate({ _id: 2 }, { $set: { k: 'a' } })).rejects.toMatchObject(
      DUPLICATE,
    );
    await documents.updateOne({ _id: 1 }, { $set: { k: 'a', n: 1 } });
    expect(await documents.find({}).toArray()).toEqual([
      { _id: 1, k: 'a', n: 1 },
      { _id: 2, k: 'b' },
    ]);
  });

  it('give a key back when its document goes or changes', async () => {
    const documents = world.aCollection();
    await documents.createIndex({ k: 1 }, { unique: true });
    await documents.insertMany([
      { _id: 1, k: 'a' },
      { _id: 2, k: 'b' },
    ]);
    await documents.deleteOne({ _id: 1 });
    await documents.updateOne({ _id: 2 }, { $set: { k: 'c' } });
    await documents.insertMany([
      { _id: 3, k: 'a' },
      { _id: 4, k: 'b' },
    ]);
    expect(await documents.countDocuments()).toBe(3);
  });

  it('count a missing field as null', async () => {
    const documents = world.aCollection();
    await documents.createIndex({ k: 1 }, { unique: true });
    await documents.insertOne({ _id: 1 });
    await expect(documents.insertOne({ _id: 2, k: null })).rejects.toMatchObject(DUPLICATE);
  });

  it('pass over documents without the field when sparse', async () => {
    const documents = world.aCollection();
    await documents.createIndex({ k: 1 }, { unique: true, sparse: true });
    await documents.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3, k: null }]);
    await expect(documents.insertOne({ _id: 4, k: null })).rejects.toMatchObject(DUPLICATE);
  });

  it('look only at what their partial filter covers', async () => {
    const documents = world.aCollection();
    const partialFilterExpression = { state: 'open' };
    await documents.createIndex({ target: 1 }, { unique: true, partialFilterExpression });
    await documents.insertMany([
      { _id: 1, target: 't', state: 'closed' },
      { _id: 2, target: 't', state: 'closed' },
      { _id: 3, target: 't', state: 'open' },
    ]);
    await expect(documents.insertOne({ _id: 4, target: 't', state: 'open' })).rejects.toMatchObject(
      DUPLICATE,
    );
    await expect(documents.updateOne({ _id: 1 }, { $set: { state: 'open' } })).rejects.toMatchObject(
      DUPLICATE,
    );
    await documents.updateOne({ _id: 3 }, { $set: { state: 'closed' } });
    expect(await documents.updateOne({ _id: 1 }, { $set: { state: 'open' } })).toMatchObject({
      modifiedCount: 1,
    });
  });

  it('hold each element of an array, once per document', async () => {
    const documents = world.aCollection();
    await documents.createIndex({ tags: 1 }, { unique: true });
    await documents.insertOne({ _id: 1, tags: ['a', 'a', 'b'] });
    await expect(documents.insertOne({ _id: 2, tags: ['b'] })).rejects.toMatchObject({
      ...DUPLICATE,
      keyValue: { tags: 'b' },
    });
  });

  it('cannot hold two arrays at once', async () => {
    const documents = world.aCollection();
    await documents.createIndex({ a: 1, b: 1 });
    await expect(documents.insertOne({ _id: 1, a: [1], b: [2] })).rejects.toMatchObject({ code: 171 });
  });

  it('cannot be built over documents that break them', async () => {
    const documents = world.aCollection();
    await documents.insertMany([
      { _id: 1, k: 'a' },
      { _id: 2, k: 'a' },
    ]);
    await expect(documents.createIndex({ k: 1 }, { unique: true })).rejects.toMatchObject(DUPLICATE);
    expect(await documents.indexes()).toHaveLength(1);
  });

  it('let one of two parallel inserts through', async () => {
    const documents = world.aCollection();
    await documents.createIndex({ k: 1 }, { unique: true });
    const inserts = Array.from({ length: 20 }, (_, _id) => documents.insertOne({ _id, k: 'same' }));
    const outcomes = await Promise.allSettled(inserts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('the catalogue of indexes', () => {
  it('shows what was asked for', async () => {
    const documents = world.aCollection();
    await documents.createIndexes([
      { key: { a: 1 }, name: 'by_a', unique: true, partialFilterExpression: { a: { $exists: true } } },
      { key: { at: 1 }, expireAfterSeconds: 60 },
    ]);
    expect(await documents.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { a: 1 }, name: 'by_a', unique: true, partialFilterExpression: { a: { $exists: true } } },
      { v: 2, key: { at: 1 }, name: 'at_1', expireAfterSeconds: 60 },
    ]);
  });

  it('takes the same index twice and refuses another one under its name or key', async () => {
    const documents = world.aCollection();
    await documents.createIndex({ a: 1 }, { name: 'one' });
    expect(await documents.createIndex({ a: 1 }, { name: 'one' })).toBe('one');
    await expect(documents.createIndex({ b: 1 }, { name: 'one' })).rejects.toMatchObject({ code: 86 });
    await expect(documents.createIndex({ a: 1 }, { name: 'two' })).rejects.toMatchObject({ code: 85 });
  });

  it('drops an index and what it enforced', async () => {
    const documents = world.aCollection();
    await documents.createIndex({ a: 1 }, { unique: true });
    await documents.dropIndex('a_1');
    await documents.insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 1 },
    ]);
    await expect(documents.dropIndex('a_1')).rejects.toMatchObject({ code: 27 });
    await expect(documents.dropIndex('_id_')).rejects.toMatchObject({ code: 72 });
  });

  it('knows no collection that is not there', async () => {
    await expect(world.aCollection().indexes()).rejects.toMatchObject({
      code: 26,
      codeName: 'NamespaceNotFound',
    });
  });

  it.each([
    [{ a: 'text' }, {}, 238],
    [{ a: 0 }, {}, 67],
    [{ $a: 1 }, {}, 67],
    [{ a: 1, b: 1 }, { expireAfterSeconds: 5 }, 67],
    [{ a: 1 }, { expireAfterSeconds: -1 }, 67],
    [{ a: 1 }, { sparse: true, partialFilterExpression: { a: 1 } }, 67],
    [{ a: 1 }, { partialFilterExpression: { a: { $ne: 1 } } }, 67],
    [{ a: 1 }, { collation: { locale: 'de' } }, 238],
  ])('refuses %j with %j', async (key, options, code) => {
    await expect(world.aCollection().createIndex(key as never, options)).rejects.toMatchObject({ code });
  });

  it('takes a hint only for an index that is there', async () => {
    const documents = world.aCollection();
    await documents.insertOne({ _id: 1, a: 1 });
    await documents.createIndex({ a: 1 });
    expect(await documents.find({ a: 1 }).hint('a_1').toArray()).toHaveLength(1);
    await expect(documents.find({ a: 1 }).hint('b_1').toArray()).rejects.toMatchObject({ code: 2 });
  });
});

describe('TTL indexes', () => {
  it('delete what has expired at the next pass of the minute', async () => {
    const documents = world.aCollection();
    await documents.createIndex({ at: 1 }, { expireAfterSeconds: 30 });
    const now = world.clock.now();
    await documents.insertMany([
      { _id: 'soon', at: new Date(now) },
      { _id: 'later', at: new Date(now + 3_600_000) },
      { _id: 'earliest of several', at: [new Date(now + 3_600_000), new Date(now)] },
      { _id: 'no date', at: 'yesterday' },
      { _id: 'no field' },
    ]);
    await world.clock.advance(29_000);
    expect(await documents.countDocuments()).toBe(5);
    await world.clock.advance(62_000);
    expect(await documents.distinct('_id')).toEqual(['later', 'no date', 'no field']);
  });

  it('expire at the date itself with 0 seconds, and only what a partial filter covers', async () => {
    const documents = world.aCollection();
    const partialFilterExpression = { temporary: true };
    await documents.createIndex({ until: 1 }, { expireAfterSeconds: 0, partialFilterExpression });
    const until = new Date(world.clock.now() + 10_000);
    await documents.insertMany([
      { _id: 1, until, temporary: true },
      { _id: 2, until },
    ]);
    await world.clock.advance(80_000);
    expect(await documents.distinct('_id')).toEqual([2]);
  });
});

describe('collections', () => {
  it('are made, listed and dropped', async () => {
    const database = world.client.db('catalogue');
    await database.createCollection('made');
    await expect(database.createCollection('made')).rejects.toMatchObject({ code: 48 });
    await database.collection('written').insertOne({ a: 1 });
    expect(
      (await database.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name),
    ).toEqual(['made', 'written']);
    expect(await database.listCollections({ name: 'made' }).toArray()).toHaveLength(1);
    await database.dropCollection('made');
    expect(await database.listCollections().toArray()).toHaveLength(1);
    await database.dropDatabase();
    expect(await database.listCollections().toArray()).toEqual([]);
  });

  it('do not exist under bad names', async () => {
    const database = world.client.db('catalogue');
    await expect(database.command({ insert: 'a$b', documents: [{ a: 1 }] })).rejects.toMatchObject({
      code: 73,
    });
  });
});
