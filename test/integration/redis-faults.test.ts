import { listOwedJobs } from '@jamie/agents';
import type { JobQueue, OpsError, RequestId, Store } from '@jamie/core';
import { openDatabase } from '@jamie/database';
import { createOutboxRelay, JOB_CATALOG } from '@jamie/jobs';
import { type BullJobQueue, openBullJobQueue } from '@jamie/jobs/bullmq';
import { randomIds, sha256, systemClock } from '@jamie/runtime';
import { openGraphThreads, openSqliteStore } from '@jamie/store';
import { aConversation, aMessage, aRequest, createTemporaryDirectory, RecordingLogger } from '@jamie/testing';
import { contractJob, hang, recordWork, until } from '@jamie/testing/contracts';
import { askAgain } from '@jamie/worker';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openTestQueue } from '../support/bull-queue.ts';
import { describeOnRedis } from '../support/describe-redis.ts';
import { type RedisServer, type RedisServerOptions, startRedis } from '../support/redis-server.ts';

const LEASE_MS = 1_000;
/** A command that asks a silent server gives up within this. */
const BOUND_MS = 7_000;
/** From a death to the next run of its job. */
const TAKEN_UP_WITHIN_MS = LEASE_MS + 2_000;

describeOnRedis('Redis that fails', () => {
  let server: RedisServer;
  const queues: BullJobQueue[] = [];
  let logger: RecordingLogger;

  beforeEach(() => {
    logger = new RecordingLogger();
  });

  afterEach(async () => {
    await Promise.all(queues.splice(0).map((queue) => queue.close()));
    await server.stop();
  });

  async function start(options?: RedisServerOptions): Promise<void> {
    server = await startRedis(options);
  }

  async function open(concurrency = 8): Promise<BullJobQueue> {
    const queue = await openTestQueue({
      ...{ url: server.url, keyPrefix: 'faults', leaseMs: LEASE_MS, logger, concurrency },
    });
    queues.push(queue);
    return queue;
  }

  const untilIdle = (queue: JobQueue) =>
    until(async () => {
      const { waiting, active, delayed } = await queue.counts();
      return waiting + active + delayed === 0;
    }, 'all have ended');

  const addAll = (queue: JobQueue, count: number) =>
    Promise.all(Array.from({ length: count }, (_, index) => queue.add(contractJob(`job${index}`))));

  describe('F5: killed, emptied, or set up so that it loses work', () => {
    it('keeps every job over kill -9 with an append-only file, and knows the finished ones again', async () => {
      await start();
      const queue = await open();
      const before = recordWork(queue);
      await queue.add(contractJob('finished'));
      await untilIdle(queue);
      await before.worker.stop(1_000);
      await addAll(queue, 500);
      await queue.add(contractJob('later', { runAt: Date.now() + 3_600_000 }));
      await server.kill();
      await server.restart();
      await until(async () => {
        const answer = await queue.add(contractJob('finished')).catch(() => undefined);
        return answer === 'duplicate';
      }, 'the queue is back');
      expect(await queue.counts()).toMatchObject({ waiting: 500, delayed: 1 });
      const after = recordWork(queue);
      await until(() => after.runs.length === 500, 'all have run');
      expect(new Set(after.ids()).size).toBe(500);
    });

    it('finishes a job that was running when Redis was killed', async () => {
      await start();
      const queue = await open();
      const finish = Promise.withResolvers<void>();
      const { runs } = recordWork(queue, () => finish.promise);
      await queue.add(contractJob('a'));
      await until(() => runs.length === 1, 'it runs');
      await server.kill();
      finish.resolve();
      await server.restart();
      await until(async () => {
        const counts = await queue.counts().catch(() => undefined);
        return counts !== undefined && counts.active + counts.waiting === 0;
      }, 'its end is recorded');
      expect(await queue.add(contractJob('a'))).toBe('duplicate');
    });

    it('refuses a server that may throw jobs away, and says what to set', async () => {
      await start({ evictionPolicy: 'allkeys-lru' });
      await expect(open()).rejects.toMatchObject({
        code: 'config_invalid',
        userMessage: expect.stringContaining('maxmemory-policy noeviction'),
      });
    });

    it('warns in the log and in doctor of a server that keeps no file, and works on it', async () => {
      await start({ append: false });
      const queue = await open();
      await until(() => logger.messages('warn').length > 0, 'it has warned');
      expect(await queue.check()).toMatchObject({
        status: 'warning',
        mend: expect.stringContaining('appendonly yes'),
      });
      expect(await queue.add(contractJob('a'))).toBe('added');
    });

    it('says in doctor that all is well where it is', async () => {
      await start({ password: 'canary-password' });
      const queue = await open();
      expect(await queue.check()).toMatchObject({ status: 'ok', mend: '' });
      expect(JSON.stringify([await queue.check(), logger.entries])).not.toContain('canary');
    });

    it('refuses a wrong password without repeating it', async () => {
      await start({ password: 'right-password' });
      const url = server.url.replace('right', 'canary');
      const opening = openTestQueue({ url, keyPrefix: 'faults', leaseMs: LEASE_MS, logger });
      const error: unknown = await opening.catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        code: 'config_invalid',
        userMessage: expect.stringContaining('REDIS_URL'),
      });
      expect(`${(error as OpsError).userMessage}${JSON.stringify(logger.entries)}`).not.toContain('canary');
    });
  });

  describe('F5: what the store owes is asked for again', () => {
    let store: Store;
    let destroy: () => Promise<void>;
    let sweep: (queue: JobQueue) => Promise<number>;

    beforeEach(() => {
      const directory = createTemporaryDirectory();
      const database = openDatabase({ directory: directory.path });
      store = openSqliteStore({ database, digest: sha256, clock: systemClock });
      const checkpoints = {
        ...openGraphThreads(database),
        loadSaver: () => Promise.reject(new Error('unused')),
      };
      sweep = async (queue) =>
        askAgain(queue, await listOwedJobs({ store, clock: systemClock, checkpoints }, 0));
      destroy = async () => {
        await store.close();
        database.close();
        directory.remove();
      };
    });

    afterEach(() => destroy());

    async function openProduct(): Promise<BullJobQueue> {
      const random = () => 0.5;
      const queue = await openBullJobQueue({
        ...{
          url: server.url,
          catalog: JOB_CATALOG,
          clock: systemClock,
          ids: randomIds,
          logger,
          random,
          leaseMs: LEASE_MS,
        },
      });
      queues.push(queue);
      return queue;
    }

    /** Requests as they are committed, each with its job; and a message that Slack has not shown. */
    async function fill(requests: number): Promise<void> {
      const conversation = aConversation();
      await store.commit([{ kind: 'conversation.insert', conversation }]);
      for (let index = 0; index < requests; index += 1) {
        const request = aRequest({ id: `r_${index}` as RequestId, receivedAt: Date.now() - 60_000 });
        await store.commit([
          { kind: 'request.insert', request },
          {
            kind: 'outbox.add',
            job: {
              name: 'requests.handle',
              payload: { requestId: request.id },
              deduplicationId: `handle:${request.id}`,
              correlationId: request.correlationId,
            },
          },
        ]);
      }
      const message = aMessage({
        requestId: 'r_0' as RequestId,
        conversationId: conversation.id,
        at: Date.now() - 60_000,
      });
      await store.commit([{ kind: 'message.insert', message }]);
    }

    it('after FLUSHALL, within one sweep; a second sweep finds nothing lost', async () => {
      await start();
      await fill(300);
      const queue = await openProduct();
      const relay = createOutboxRelay({ store, queue, clock: systemClock, logger });
      await until(async () => (await store.listOutbox(1)).length === 0, 'the queue has all');
      await relay.stop();
      expect(await queue.counts()).toMatchObject({ waiting: 300 });
      expect(await sweep(queue)).toBe(1);
      await server.command('FLUSHALL');
      expect(await queue.counts()).toMatchObject({ waiting: 0 });
      expect(await sweep(queue)).toBe(301);
      expect(await queue.counts()).toMatchObject({ waiting: 301 });
      expect(await sweep(queue)).toBe(0);
    });

    it('after a restart without a file, and when only the last writes are gone', async () => {
      await start({ append: false });
      await fill(40);
      const queue = await openProduct();
      expect(await sweep(queue)).toBe(41);
      await server.kill();
      await server.restart();
      await until(
        async () => (await queue.counts().catch(() => undefined))?.waiting === 0,
        'it is back and empty',
      );
      expect(await sweep(queue)).toBe(41);
      // What a replica that was promoted too early lacks: the newest jobs, with their places in the line.
      for (let index = 30; index < 40; index += 1) {
        const id = `job-handle%3Ar_${index}`;
        await server.command('LREM', 'jamie:jobs:wait', '1', id);
        await server.command('DEL', `jamie:jobs:${id}`);
      }
      expect(await sweep(queue)).toBe(10);
      expect(await queue.counts()).toMatchObject({ waiting: 41 });
    });
  });

  describe('F6: away, silent, and back', () => {
    it('starts while Redis is away, refuses work within seconds, and works when it comes', async () => {
      await start();
      await server.kill();
      const queue = await open();
      const { runs } = recordWork(queue);
      const askedAt = performance.now();
      await expect(queue.add(contractJob('a'))).rejects.toMatchObject({
        code: 'unavailable',
        retryable: true,
      });
      expect(performance.now() - askedAt).toBeLessThan(BOUND_MS);
      expect(await queue.check()).toMatchObject({ status: 'failed', mend: expect.stringContaining('Redis') });
      await server.restart();
      await until(
        async () => (await queue.add(contractJob('a')).catch(() => undefined)) !== undefined,
        'it is there',
      );
      await until(() => runs.length === 1, 'the job runs');
      await untilIdle(queue);
    });

    it('gives up on a server that says nothing, and goes on when it speaks again', async () => {
      await start();
      const queue = await open();
      const { runs } = recordWork(queue);
      await queue.add(contractJob('a'));
      await until(() => runs.length === 1, 'it runs');
      server.freeze();
      const askedAt = performance.now();
      await expect(queue.add(contractJob('b'))).rejects.toMatchObject({ code: 'unavailable' });
      expect(performance.now() - askedAt).toBeLessThan(BOUND_MS);
      server.thaw();
      await until(
        async () => (await queue.add(contractJob('c')).catch(() => undefined)) !== undefined,
        'it speaks',
      );
      await until(() => runs.some(({ context }) => context.deduplicationId === 'c'), 'the worker goes on');
      await untilIdle(queue);
    });

    it('lets workers go on by themselves after one outage and another', async () => {
      await start();
      const queue = await open();
      const { runs } = recordWork(queue);
      for (let round = 1; round <= 3; round += 1) {
        await server.kill();
        await server.restart();
        await until(
          async () => (await queue.add(contractJob(`round${round}`)).catch(() => undefined)) !== undefined,
          'it is back',
        );
        await until(() => runs.length === round, 'the job runs');
      }
      await untilIdle(queue);
      // One line for an outage, not one for each attempt to connect.
      expect(
        logger.messages('warn').filter((line) => line.startsWith('redis cannot be reached')),
      ).toHaveLength(3);
      expect(logger.messages('info').filter((line) => line === 'redis is back')).toHaveLength(3);
    });

    it('tells a run to stop when its lease cannot be kept', async () => {
      await start();
      const queue = await open();
      const { runs } = recordWork(queue, hang);
      await queue.add(contractJob('a'));
      await until(() => runs.length === 1, 'it runs');
      await server.kill();
      await until(() => runs[0]?.context.signal.aborted === true, 'it is told to stop');
      await server.restart();
      await until(() => runs.length === 2, 'it runs again');
      expect(runs[1]?.context.attempt).toBe(1);
    });

    it('stops within its grace while Redis is away', async () => {
      await start();
      const queue = await open();
      const { runs, worker } = recordWork(queue, hang);
      await queue.add(contractJob('a'));
      await until(() => runs.length === 1, 'it runs');
      await server.kill();
      const stoppedAt = performance.now();
      await worker.stop(500);
      expect(performance.now() - stoppedAt).toBeLessThan(BOUND_MS);
    });
  });

  it('fails no job for the deaths of its workers, however many', async () => {
    await start();
    for (let death = 0; death < 4; death += 1) {
      const dying = await open(1);
      const { runs } = recordWork(dying, hang);
      if (death === 0) await dying.add(contractJob('a'));
      await until(() => runs.length === 1, 'it has the job');
      const diedAt = performance.now();
      // What kill -9 leaves behind: a lock that nobody renews.
      await server.command('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
      await server.command('DEL', 'faults:jobs:job-a:lock');
      await until(() => runs[0]?.context.signal.aborted === true, 'it has lost the job');
      expect(performance.now() - diedAt).toBeLessThan(TAKEN_UP_WITHIN_MS);
      await dying.close();
    }
    const queue = await open();
    const last = recordWork(queue);
    await until(() => last.runs.length === 1, 'it runs at last');
    expect(last.runs[0]?.context.attempt).toBe(1);
    await untilIdle(queue);
    expect((await queue.counts()).failed).toBe(0);
  });
});
