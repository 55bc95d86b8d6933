import type { MessageId, PlanId, Store, StoreChange } from '@jamie/core';
import { verifyAuditChain } from '@jamie/core';
import type { MongoDatabase } from '@jamie/database/mongodb';
import {
  aMessage,
  anAuditEntry,
  aPlan,
  aPlanRecord,
  type MongodbDouble,
  type MongodbFault,
  numberedCommit,
  startMongodbDouble,
} from '@jamie/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mongoLatestRecordedAt } from './mongo-latest-recorded-at.ts';
import { openMongoStore } from './mongo-store.ts';
import { aMongoWorld, digest, type MongoWorld } from './mongo-world.fixture.ts';

let double: MongodbDouble;
let world: MongoWorld;
let database: MongoDatabase;
let store: Store;
beforeAll(async () => {
  double = await startMongodbDouble();
});
afterAll(() => double.stop());
beforeEach(async () => {
  world = aMongoWorld(double);
  database = await world.openDatabase();
  store = openMongoStore({ database, digest, clock: world.clock });
});
afterEach(async () => {
  const { pendingFaults } = double;
  double.clearFaults();
  await world.close();
  expect(pendingFaults).toBe(0);
});

/** What is there of the numbered commits: each whole, in order, on one sound chain. */
async function expectCommits(numbers: readonly number[]): Promise<void> {
  const ids = numbers.map((number) => `s-${number}`);
  const second = await world.openStore();
  expect((await second.listMessages('s' as never)).map(({ id }) => id)).toEqual(ids);
  expect((await second.listOutbox(100)).map(({ job }) => job.deduplicationId)).toEqual(ids);
  const audit = await second.listAudit(0, 100);
  expect(audit.map(({ entry }) => entry.kind)).toEqual(ids);
  expect(verifyAuditChain(audit, digest)).toMatchObject({ kind: 'intact' });
}

const commitNumber = (number: number) => store.commit(numberedCommit('s', number));
const COMMIT = { commands: ['commitTransaction'] };

const faults: readonly (readonly [string, readonly MongodbFault[]])[] = [
  [
    'the connection breaks before the commit',
    [{ kind: 'drop_connection', moment: 'before_effect', ...COMMIT }],
  ],
  [
    'the connection breaks after the commit',
    [{ kind: 'drop_connection', moment: 'after_effect', ...COMMIT }],
  ],
  [
    'every answer to the commit is lost',
    [{ kind: 'drop_connection', moment: 'after_effect', ...COMMIT, times: 6 }],
  ],
  [
    'the connection breaks in the middle of the transaction',
    [{ kind: 'drop_connection', moment: 'after_effect', commands: ['insert'] }],
  ],
  ['the primary steps down at the commit', [{ kind: 'error', code: 10_107, ...COMMIT }]],
  ['the primary shuts down at the commit', [{ kind: 'error', code: 91, ...COMMIT, times: 2 }]],
  [
    'the transaction was undone at the commit',
    [{ kind: 'error', code: 251, ...COMMIT, errorLabels: ['TransientTransactionError'] }],
  ],
  ['the majority takes too long to have the commit', [{ kind: 'write_concern_error', code: 64, ...COMMIT }]],
  ['another writer is first', [{ kind: 'error', code: 112, commands: ['findAndModify'], times: 5 }]],
];

describe('a commit on MongoDB', () => {
  it.each(faults)('holds once when %s', async (_what, ordered) => {
    expect(await commitNumber(0)).toEqual({ kind: 'committed' });
    for (const fault of ordered) double.fail(fault);
    expect(await commitNumber(1)).toEqual({ kind: 'committed' });
    expect(await commitNumber(2)).toEqual({ kind: 'committed' });
    await expectCommits([0, 1, 2]);
  });

  it('is undone and done anew when the primary steps down while it writes', async () => {
    double.fail({
      kind: 'drop_connection',
      moment: 'before_effect',
      commands: ['insert'],
      when: (body) => {
        if (body['insert'] !== 'audit') return false;
        double.stepDown();
        return true;
      },
    });
    expect(await commitNumber(0)).toEqual({ kind: 'committed' });
    await expectCommits([0]);
  });

  it('is undone and done anew when the primary steps down before it hears of the commit', async () => {
    double.fail({
      kind: 'drop_connection',
      moment: 'before_effect',
      commands: ['commitTransaction'],
      when: () => {
        double.stepDown();
        return true;
      },
    });
    expect(await commitNumber(0)).toEqual({ kind: 'committed' });
    await expectCommits([0]);
  });

  it('says that it does not know when the database stays away, and the truth is one of two', async () => {
    await commitNumber(0);
    double.fail({ kind: 'drop_connection', moment: 'after_effect', ...COMMIT, times: 6 });
    double.fail({
      kind: 'drop_connection',
      moment: 'before_effect',
      commands: ['insert'],
      when: (body) => body['insert'] === 'commits' && body['autocommit'] === undefined,
      times: 2,
    });
    await expect(commitNumber(1)).rejects.toMatchObject({
      code: 'unavailable',
      details: { outcome: 'unknown' },
      userMessage: expect.stringContaining('not known'),
    });
    await expectCommits([0, 1]);
    expect(await commitNumber(1)).toMatchObject({ kind: 'conflict', reason: 'already_exists' });
    await expectCommits([0, 1]);
  });

  it('cannot come true late once it was said to be undone', async () => {
    const attempts: string[] = [];
    const body = () =>
      database.transaction(async (collections) => {
        attempts.push('attempt');
        return collections.collection('plans').insert({ _id: `p${attempts.length}` });
      });
    double.fail({
      kind: 'error',
      code: 251,
      errorLabels: ['TransientTransactionError'],
      commands: ['commitTransaction'],
    });
    await body();
    const markers = await database.collection('commits').find({});
    expect(markers.map((row) => row['isVoid']).sort()).toEqual([false, true]);
    expect(await database.collection('plans').find({})).toEqual([{ _id: 'p2' }]);
  });

  it('survives a restart of the server as a whole', async () => {
    await commitNumber(0);
    await double.restart('kept');
    expect(await commitNumber(1)).toEqual({ kind: 'committed' });
    await expectCommits([0, 1]);
  });

  it('fails with unavailable, and nothing is written, while other writers are first for ever', async () => {
    double.fail({ kind: 'error', code: 112, commands: ['findAndModify'], times: 41 });
    await expect(commitNumber(0)).rejects.toMatchObject({ code: 'unavailable', retryable: true });
    await expectCommits([]);
  });

  it('keeps the others going after one that failed', async () => {
    const changes: StoreChange[] = [
      { kind: 'message.insert', message: aMessage({ id: 'm1' as MessageId, at: Number.NaN }) },
    ];
    const results = await Promise.allSettled([store.commit(changes), commitNumber(0)]);
    expect(results).toMatchObject([{ reason: { code: 'invalid_input' } }, { value: { kind: 'committed' } }]);
    await expectCommits([0]);
  });
});

describe('records on MongoDB', () => {
  it('are refused by name when they were damaged', async () => {
    await store.commit([
      { kind: 'plan.insert', record: aPlanRecord({ plan: aPlan({ id: 'p1' as PlanId }) }) },
    ]);
    await database.collection('plans').update({ _id: 'p1' }, { record: '{}' });
    await expect(store.findPlan('p1' as PlanId)).rejects.toMatchObject({
      code: 'internal',
      userMessage: expect.stringContaining('p1'),
    });
  });

  it('tell when something was last recorded as done', async () => {
    expect(await mongoLatestRecordedAt(database)).toBe(0);
    await commitNumber(0);
    const [entry] = await store.listOutbox(1);
    await store.removeOutbox([entry?.sequence ?? 0]);
    expect(await mongoLatestRecordedAt(database)).toBe(world.clock.now());
  });

  it('of the audit are refused when one byte is another', async () => {
    await store.commit([{ kind: 'audit.append', entry: anAuditEntry() }]);
    const [row] = await database.collection('audit').find({});
    await database.collection('audit').update({ _id: 1 }, { entry: `${row?.['entry']} ` });
    await expect(store.listAudit(0, 10)).rejects.toMatchObject({ code: 'internal' });
  });

  it('are searched by plain values, whatever is asked for', async () => {
    const id = { $ne: null } as unknown as PlanId;
    await expect(store.findPlan(id)).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(store.listPlans({ statuses: [id as never], limit: 1 })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});
