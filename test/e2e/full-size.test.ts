import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Store, verifyAuditChain } from '@jamie/core';
import { sha256 } from '@jamie/runtime';
import { createTemporaryDirectory, type MongodbDouble, startMongodbDouble } from '@jamie/testing';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Backend } from '../faults/backends/backend.ts';
import { startDemoBackend } from '../faults/backends/demo-backend.ts';
import { CHANGES } from '../faults/changes/all-changes.ts';
import { whatIsLeft, withRecords } from '../faults/check-left.ts';
import { checkChange } from '../faults/check-outcome.ts';
import { TrialWorld } from '../faults/trial-world.ts';
import { DEMO_PEOPLE, type DemoTestCluster, startDemoTestCluster } from '../support/demo-test-cluster.ts';
import { describeOnRedis } from '../support/describe-redis.ts';
import { ADA, BOB, createWorldOf } from '../support/loop-world.ts';

jest.setTimeout(180_000);

const DATABASE = 'jamie-scarlet';
const DONE = /Done, verified, and still well/;
const QUESTIONS = 4;
/** Longer than the driver looks for a primary. */
const AWAY_MS = 7_000;

/** Whether these changes store what is about to be sent. */
const hasIntent = (changes: Parameters<Store['commit']>[0]) =>
  changes.some(({ kind }) => kind === 'intent.insert');

describeOnRedis('the program on MongoDB and Redis', (redis) => {
  let cluster: DemoTestCluster;
  let mongodb: MongodbDouble;
  const directory = createTemporaryDirectory();
  /** Called before an intent is stored, once. */
  let beforeIntent: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    [cluster, mongodb] = await Promise.all([startDemoTestCluster(), startMongodbDouble()]);
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(join(directory.path, 'key.pem'), pem, { mode: 0o600 });
  });
  afterAll(async () => {
    await mongodb.stop();
    await cluster.stop();
    directory.remove();
  });

  const world = createWorldOf(() => ({
    ...{ mode: 'socket', cluster, people: DEMO_PEOPLE },
    environment: {
      ...{ MONGODB_URL: mongodb.url, REDIS_URL: redis().url },
      SIGNING_KEY_FILE: join(directory.path, 'key.pem'),
    },
    wrap: {
      store: (store) =>
        new Proxy(store, {
          get(target, key) {
            const member: unknown = Reflect.get(target, key);
            if (typeof member !== 'function') return member;
            if (key !== 'commit') return member.bind(target) as unknown;
            return async (changes: Parameters<Store['commit']>[0]) => {
              if (hasIntent(changes)) await beforeIntent?.();
              return await store.commit(changes);
            };
          },
        }),
    },
  }));

  it('changes nothing while an intent cannot be stored, and carries on when it can', async () => {
    const { slack, deployments } = world();
    await deployments.create('cut-off', 1);
    const card = await slack.card(slack.newChannel(), ADA, `scale deploy/cut-off 2 -n ${cluster.namespace}`);
    const isCutOff = Promise.withResolvers<void>();
    beforeIntent = async () => {
      beforeIntent = undefined;
      await mongodb.halt();
      isCutOff.resolve();
    };
    slack.click(card, BOB, 'approve');
    await isCutOff.promise;
    await sleep(AWAY_MS);
    expect(cluster.effectsOn('cut-off')).toEqual([]);
    expect(await ready(slack.link)).toBe(503);
    await mongodb.resume();
    await slack.says(card, DONE);
    expect(cluster.effectsOn('cut-off')).toHaveLength(1);
    expect(await ready(slack.link)).toBe(200);
  });

  it('is two processes with one set of records, which answer once and act once', async () => {
    const { slack, deployments } = world();
    await slack.startSecond();
    await deployments.create('shared', 1);
    const card = await slack.card(slack.newChannel(), ADA, `scale deploy/shared 2 -n ${cluster.namespace}`);
    const channels = Array.from({ length: QUESTIONS }, () => slack.newChannel());
    for (const channel of channels) slack.slack.mention({ user: ADA, channel, text: 'clusters' });
    slack.click(card, BOB, 'approve');
    await slack.says(card, DONE);
    const isAnswered = (channel: string) => slack.answers(channel).length > 0;
    while (!channels.every(isAnswered)) await sleep(50);
    const records = { kind: 'mongodb', url: mongodb.url, name: DATABASE } as const;
    while ((await whatIsLeft(records)).length > 0) await sleep(50);
    expect(channels.map((channel) => slack.answers(channel).length)).toEqual(channels.map(() => 1));
    expect(cluster.effectsOn('shared')).toHaveLength(1);
    const audit = await withRecords(records, ({ store }) => store.listAudit(0, 10_000));
    expect(verifyAuditChain(audit, sha256)).toMatchObject({ kind: 'intact' });
  });
});

describeOnRedis('kill -9 on MongoDB and Redis', () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await startDemoBackend();
  });
  afterAll(() => backend.stop());

  it('between the second approval and the execution costs time only', async () => {
    const boundary = 'commit:plan.approved:after#1';
    const trial = await TrialWorld.create({
      ...{ backend, trial: 'full-size', kubeconfig: backend.kubeconfig(), queue: 'redis', store: 'mongodb' },
      change: CHANGES.drain,
      orders: [{ at: [boundary], action: 'kill' }],
    });
    try {
      await trial.start();
      trial.ask();
      await trial.approveUntilDone();
      await trial.settle();
      await trial.end();
      expect(trial.kills).toEqual([boundary]);
      expect(await checkChange(trial)).toEqual([]);
      const approvals = await withRecords(trial.program.records, async ({ store }) => {
        const [record] = await store.listPlans({ limit: 1 });
        return record === undefined ? [] : await store.listVotes(record.plan.id);
      });
      expect(new Set(approvals.map(({ principal }) => principal.id)).size).toBe(2);
    } finally {
      await trial.dispose();
    }
  });
});

async function ready(link: string): Promise<number> {
  return (await fetch(new URL('/readyz', link))).status;
}
