import { type MongodbDouble, RecordingLogger, startMongodbDouble } from '@jamie/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { atLeast, beginsWithOneOf, oneOf, toFilter } from './mongo-condition.ts';
import { type OpenMongoDatabaseOptions, openMongoDatabase } from './open-mongo-database.ts';

const CLOCK = { now: () => Date.UTC(2026, 0, 15), sleep: async () => undefined };

let double: MongodbDouble;
beforeAll(async () => {
  double = await startMongodbDouble();
});
afterAll(() => double.stop());
beforeEach(() => {
  double.clearFaults();
  double.forgetCommands();
});

let databases = 0;
function options(over: Partial<OpenMongoDatabaseOptions> = {}): OpenMongoDatabaseOptions {
  databases += 1;
  const name = `tests${databases}`;
  return { url: double.url, name, clock: CLOCK, logger: new RecordingLogger(), ...over };
}

const sent = (name: string) => double.commands.filter((command) => command.name === name);

describe('opening a database on MongoDB', () => {
  it('writes to the journals of a majority, whatever the address says', async () => {
    const database = await openMongoDatabase(options({ url: `${double.url}&w=1&retryWrites=false` }));
    double.forgetCommands();
    await database.collection('plans').insert({ _id: 'p1', version: 1 });
    await database.transaction((collections) => collections.collection('plans').put({ _id: 'p2' }));
    await database.collection('plans').find({});
    await database.close();
    const concern = { w: 'majority', j: true };
    expect(sent('insert')[0]?.body).toMatchObject({ writeConcern: concern, txnNumber: expect.anything() });
    expect(sent('commitTransaction')[0]?.body).toMatchObject({ writeConcern: concern });
    expect(sent('find')[0]?.body).toMatchObject({ readConcern: { level: 'majority' } });
  });

  it('refuses a standalone, which can keep no such promise', async () => {
    const standalone = await startMongodbDouble({ mode: 'standalone' });
    await expect(openMongoDatabase(options({ url: standalone.url }))).rejects.toMatchObject({
      code: 'config_invalid',
      userMessage: expect.stringMatching(/standalone.+approval.+replSet/u),
    });
    expect(standalone.commands.filter(({ name }) => name === 'insert' || name === 'update')).toEqual([]);
    await standalone.stop();
  });

  it.each([
    ['http://somewhere', 'jamie', /MONGODB_URL/u],
    ['mongodb://user:p@ss:word@host', 'jamie', /MONGODB_URL/u],
    [undefined, 'no/name', /MONGODB_DATABASE/u],
  ])('refuses the address %p with the name %p', async (url, name, says) => {
    const opening = openMongoDatabase(options({ url: url ?? double.url, name }));
    await expect(opening).rejects.toMatchObject({
      code: 'config_invalid',
      userMessage: expect.stringMatching(says),
    });
  });

  it('says unavailable when nobody answers, without the password', async () => {
    const gone = await startMongodbDouble();
    await gone.stop();
    const url = gone.url.replace('mongodb://', 'mongodb://jamie:hunter2@');
    const error = await openMongoDatabase(options({ url, serverSelectionTimeoutMs: 50 })).catch(
      (each) => each,
    );
    expect(error).toMatchObject({ code: 'unavailable', userMessage: expect.stringContaining('127.0.0.1') });
    expect(JSON.stringify([error.message, error.userMessage, error.details])).not.toContain('hunter2');
  });

  it('opens twice at once, and again with what was there', async () => {
    const shared = options();
    const [first, second] = await Promise.all([openMongoDatabase(shared), openMongoDatabase(shared)]);
    await first.collection('plans').insert({ _id: 'p1', version: 1 });
    expect(await second.collection('plans').insert({ _id: 'p1', version: 1 })).toBe('duplicate');
    await Promise.all([first.close(), second.close()]);
    const third = await openMongoDatabase(shared);
    expect(await third.collection('plans').find({ version: 1 })).toHaveLength(1);
    await third.close();
  });

  it('opens again while a transaction of a process that died still holds what it wrote', async () => {
    const shared = options();
    const first = await openMongoDatabase(shared);
    const opened: unknown[] = [];
    await first.transaction(async (collections) => {
      await collections.collection('counters').increase({ _id: 'commits' }, 'sequence', 1);
      await collections.collection('plans').put({ _id: 'p1' });
      const second = await openMongoDatabase(shared);
      opened.push(await second.collection('plans').find({}));
      await second.close();
    });
    expect(opened).toEqual([[]]);
    await first.close();
  });

  it('tells which server answers, and how many members its set has', async () => {
    const database = await openMongoDatabase(options());
    expect(await database.describe()).toEqual({
      version: '7.0.14',
      replicaSet: { name: 'rs0', members: 1 },
    });
    await database.close();
  });

  it.each([
    ['migrations', { _id: 'jamie', version: 99 }, /newer version.+MONGODB_DATABASE/u],
    ['customers', { _id: 'c1' }, /another program \(customers\).+MONGODB_DATABASE/u],
  ])('leaves a database with %s alone where that is not its own', async (collection, document, says) => {
    const shared = options();
    const client = await new MongoClient(double.url).connect();
    await client.db(shared.name).collection<{ _id: string }>(collection).insertOne(document);
    await expect(openMongoDatabase(shared)).rejects.toMatchObject({
      code: 'config_invalid',
      userMessage: expect.stringMatching(says),
    });
    expect(await client.db(shared.name).listCollections().toArray()).toHaveLength(1);
    await client.close();
  });

  it('says config_invalid when the user may not, and timeout when the server gives up', async () => {
    const database = await openMongoDatabase(options());
    double.fail({ kind: 'error', code: 13, commands: ['find'] });
    await expect(database.collection('plans').find({})).rejects.toMatchObject({ code: 'config_invalid' });
    double.fail({ kind: 'error', code: 50, commands: ['find'] });
    await expect(database.collection('plans').find({})).rejects.toMatchObject({ code: 'timeout' });
    await database.close();
    await expect(database.describe()).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('a filter', () => {
  it('compares with plain values only', () => {
    expect(toFilter({ a: 'x', b: atLeast(3), c: oneOf(['y']), d: undefined, e: null })).toEqual({
      ...{ a: { $eq: 'x' }, b: { $gte: 3 }, c: { $in: ['y'] }, e: { $eq: null } },
    });
    expect(toFilter({ kind: beginsWithOneOf(['plan.', 'a|b']) })).toEqual({
      kind: { $regex: '^(?:plan\\.|a\\|b)' },
    });
  });

  it.each([[{ $ne: null }], [['x']], [undefined], [() => 'x']])(
    'refuses %p from outside, wherever it stands',
    (value) => {
      const foreign = value as unknown as string;
      const refused = expect.objectContaining({ code: 'invalid_input' });
      expect(() => toFilter({ a: oneOf([foreign]) })).toThrow(refused);
      expect(() => toFilter({ a: atLeast(foreign as unknown as number) })).toThrow(refused);
      if (value !== undefined) expect(() => toFilter({ a: foreign })).toThrow(refused);
    },
  );
});
