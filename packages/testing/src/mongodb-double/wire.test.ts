import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Long, UUID } from 'bson';
import { type MongodbDouble, startMongodbDouble } from './mongodb-double.ts';
import { connectWire, type WireClient } from './wire-client.fixture.ts';

let double: MongodbDouble;
let client: WireClient;
beforeAll(async () => {
  double = await startMongodbDouble();
  client = connectWire(double.url);
});
afterAll(async () => {
  client.close();
  await double.stop();
});

describe('the handshake', () => {
  it.each(['isMaster', 'ismaster'])('answers %s in the protocol of old', async (name) => {
    expect(await client.askLegacy({ [name]: 1, helloOk: true })).toMatchObject({
      ok: 1,
      ismaster: true,
      helloOk: true,
      setName: 'rs0',
    });
  });

  it('names itself as the primary of a set that has sessions', async () => {
    const hello = await client.ask({ hello: 1 });
    const address = new URL(double.url).host;
    expect(hello).toMatchObject({
      isWritablePrimary: true,
      setName: 'rs0',
      primary: address,
      me: address,
      hosts: [address],
      logicalSessionTimeoutMinutes: 30,
      maxWireVersion: 21,
    });
    expect(hello).toHaveProperty('$clusterTime.clusterTime');
  });

  it('takes nothing but the handshake in the protocol of old', async () => {
    expect(await client.askLegacy({ ping: 1 })).toMatchObject({ ok: 0, code: 352 });
  });

  it('tells its version', async () => {
    expect(await client.ask({ buildInfo: 1 })).toMatchObject({ ok: 1, version: '7.0.14' });
    expect(await client.ask({ ping: 1 })).toMatchObject({ ok: 1 });
  });
});

describe('messages', () => {
  it('may carry documents in a sequence and a checksum', async () => {
    const documents = [{ _id: 1 }, { _id: 2 }];
    expect(await client.askInSections({ insert: 'sections' }, documents)).toMatchObject({ ok: 1, n: 2 });
  });

  it('with a wrong checksum end the connection', async () => {
    const broken = connectWire(double.url);
    await expect(broken.askInSections({ insert: 'sections' }, [{ _id: 3 }], 4_711)).rejects.toThrow('closed');
    expect(await client.ask({ count: 'sections', query: { _id: 3 } })).toMatchObject({ n: 0 });
  });

  it.each([
    ['a size that is none', Buffer.from([5, 0, 0, 0])],
    ['a size beyond the limit', Buffer.from([0, 0, 0, 127])],
    ['an opcode that nobody knows', Buffer.from([16, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0])],
  ])('with %s end the connection', async (_name, bytes) => {
    const broken = connectWire(double.url);
    broken.write(bytes);
    await broken.closed;
    expect(await client.ask({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  it('that come in pieces are put together', async () => {
    expect(await client.askInPieces({ ping: 1 })).toMatchObject({ ok: 1 });
  });

  it('that want no answer get none', async () => {
    client.tell({ insert: 'quiet', documents: [{ _id: 1 }], writeConcern: { w: 0 } });
    expect(await client.ask({ count: 'quiet' })).toMatchObject({ n: 1 });
  });
});

describe('what the double does not implement', () => {
  it.each([
    [{ mapReduce: 'c' }, 59],
    [{ getParameter: 1 }, 59],
    [{ find: 'c', tailable: true }, 40415],
    [{ find: 'c', collation: { locale: 'de' } }, 40415],
    [{ aggregate: 'c', pipeline: [] }, 9],
    [{ find: 'c', filter: { $where: 'true' } }, 2],
    [{ find: 'c', filter: { $frobnicate: 1 } }, 2],
    [{ find: 'c', filter: 'all' }, 14],
    [{ find: 7 }, 14],
    [{ find: 'c', skip: -1 }, 51024],
    [{ find: 'c', readConcern: { level: 'snapshot' } }, 238],
    [{ find: 'c', readConcern: { level: 'sometime' } }, 9],
    [{ insert: 'c', documents: [{}], writeConcern: { w: 'majority', quick: true } }, 9],
    [{ createIndexes: 'c', indexes: [] }, 2],
    [{ create: 'c', capped: true, size: 1 }, 40415],
  ])('%j gets an error', async (command, code) => {
    expect(await client.ask(command)).toMatchObject({ ok: 0, code, codeName: expect.any(String) });
  });
});

describe('write concerns', () => {
  it.each([
    [{ w: 'majority', j: true }, undefined],
    [{ w: 1 }, undefined],
    [{ w: 2 }, 100],
    [{ w: 'elsewhere' }, 79],
  ])('%j', async (writeConcern, code) => {
    const reply = await client.ask({ insert: 'concerns', documents: [{}], writeConcern });
    expect(reply).toMatchObject({ ok: 1, n: 1 });
    expect(reply['writeConcernError']).toEqual(
      code === undefined ? undefined : expect.objectContaining({ code }),
    );
  });
});

describe('sessions', () => {
  const lsid = { id: new UUID() };

  it('refuse a number that is older than the last', async () => {
    const write = { insert: 'sessions', documents: [{}], lsid };
    expect(await client.ask({ ...write, txnNumber: Long.fromNumber(5) })).toMatchObject({ ok: 1 });
    expect(await client.ask({ ...write, txnNumber: Long.fromNumber(4) })).toMatchObject({ ok: 0, code: 225 });
  });

  it('run again only those statements of a batch that failed', async () => {
    await client.ask({ createIndexes: 'retried', indexes: [{ key: { k: 1 }, name: 'k', unique: true }] });
    await client.ask({ insert: 'retried', documents: [{ _id: 'first', k: 1 }] });
    const write = {
      insert: 'retried',
      documents: [{ _id: 'a' }, { _id: 'b', k: 1 }],
      lsid: { id: new UUID() },
      txnNumber: Long.fromNumber(1),
    };
    expect(await client.ask(write)).toMatchObject({ n: 1, writeErrors: [{ index: 1, code: 11000 }] });
    await client.ask({ delete: 'retried', deletes: [{ q: { _id: 'first' }, limit: 1 }] });
    const again = await client.ask(write);
    expect(again).toMatchObject({ n: 2, retriedStmtIds: [0] });
    expect(again).not.toHaveProperty('writeErrors');
  });

  it('start a transaction once, and know only the one that was started', async () => {
    const transaction = { lsid, txnNumber: Long.fromNumber(9), autocommit: false };
    const find = { find: 'sessions', ...transaction };
    expect(await client.ask(find)).toMatchObject({
      ok: 0,
      code: 251,
      errorLabels: ['TransientTransactionError'],
    });
    expect(await client.ask({ ...find, startTransaction: true })).toMatchObject({ ok: 1 });
    expect(await client.ask({ ...find, startTransaction: true })).toMatchObject({ ok: 0, code: 117 });
  });

  it('commit in the database admin only, and never a transaction that was not opened', async () => {
    const transaction = { lsid: { id: new UUID() }, txnNumber: Long.fromNumber(1), autocommit: false };
    const commit = { commitTransaction: 1, ...transaction, $db: 'admin' };
    expect(await client.ask(commit)).toMatchObject({ ok: 0, code: 251 });
    await client.ask({ find: 'sessions', ...transaction, startTransaction: true });
    expect(await client.ask({ ...commit, $db: 'tests' })).toMatchObject({ ok: 0, code: 13 });
  });
});
