import { listOwedJobs } from '@jamie/agents';
import { openDatabase } from '@jamie/database';
import { openBullJobQueue } from '@jamie/jobs/bullmq';
import { randomIds, sha256, systemClock } from '@jamie/runtime';
import { openGraphThreads, openSqliteStore } from '@jamie/store';
import { createTemporaryDirectory, RecordingLogger } from '@jamie/testing';
import { askAgain } from '@jamie/worker';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { compareSides, medianOf, rateOf, type Sample, type Side } from './compare-sides.ts';
import { ACTION_CATALOG, commit, openDurableActions, requestOf } from './durable-action.ts';

const CONCURRENCY = 8;
const ACTIONS = 250;
const WARM_UP = 50;
const PENDING = 10_000;
const PEER = 'bullmq 6.3.16, add to finished';

/**
 * B5: one durable action (request known again, intent, outbox, queue, lease, outcome, audit: three commits, each on
 * disk) against a bare BullMQ job on the same Redis, eight at a time, A B B A. B16: everything that is owed is asked for
 * again after Redis was emptied.
 */
export const queueBenchmark: Benchmark = {
  name: 'queue',
  async run() {
    const server = await startRedis();
    try {
      const load = { concurrency: CONCURRENCY, actions: ACTIONS, warmUp: WARM_UP };
      const samples = await compareSides([await openOurs(server), openRaw(server)], load);
      return [...compare(...samples), ...(await refill(server))];
    } finally {
      await server.stop();
    }
  },
};

function compare(ours: readonly Sample[], raw: readonly Sample[]): readonly Measurement[] {
  const [value, floor] = [medianOf(ours), medianOf(raw)];
  const [rate, peerRate] = [rateOf(ours), rateOf(raw)];
  const shared = { peer: PEER };
  return [
    {
      ...{ figure: 'durable action, p50', value, unit: 'ms', ...shared },
      ...{ ratio: value / floor, bar: '<= 3x', met: value <= 3 * floor },
    },
    { figure: `${PEER}, p50`, value: floor, unit: 'ms' },
    {
      ...{ figure: 'durable actions at concurrency 8', value: rate, unit: '/s', ...shared },
      ...{ ratio: rate / peerRate, bar: '>= 0.25x', met: rate >= peerRate / 4 },
    },
    { figure: `${PEER}, at concurrency 8`, value: peerRate, unit: '/s' },
  ];
}

/** BullMQ as its documentation shows it. */
function openRaw({ url }: RedisServer): Side {
  const clients = [new Redis(url), new Redis(url, { maxRetriesPerRequest: null })] as const;
  const queue = new Queue('raw', { connection: clients[0] });
  const finished = new Map<string, () => void>();
  const worker = new Worker('raw', async () => undefined, {
    connection: clients[1],
    concurrency: CONCURRENCY,
  });
  worker.on('completed', ({ id = '' }) => finished.get(id)?.());
  return {
    async act(number) {
      const id = `raw-${number}`;
      const done = new Promise<void>((resolve) => finished.set(id, resolve));
      await queue.add('job', { number }, { jobId: id });
      await done;
      finished.delete(id);
    },
    async close() {
      await worker.close();
      for (const client of clients) client.disconnect();
    },
  };
}

async function openOurs({ url }: RedisServer): Promise<Side> {
  const directory = createTemporaryDirectory();
  const database = openDatabase({ directory: directory.path });
  const store = openSqliteStore({ database, digest: sha256, clock: systemClock });
  const queue = await openBullJobQueue({
    ...{ url, catalog: ACTION_CATALOG, clock: systemClock, ids: randomIds, random: Math.random },
    logger: new RecordingLogger(),
    concurrency: CONCURRENCY,
  });
  return openDurableActions(store, queue, () => {
    database.close();
    directory.remove();
  });
}

/** Fills a store with open requests whose jobs were all lost, and asks for them again. */
async function refill({ url }: RedisServer): Promise<readonly Measurement[]> {
  const directory = createTemporaryDirectory();
  const database = openDatabase({ directory: directory.path });
  const store = openSqliteStore({ database, digest: sha256, clock: systemClock });
  const queue = await openBullJobQueue({
    ...{
      url,
      catalog: ACTION_CATALOG,
      clock: systemClock,
      ids: randomIds,
      random: Math.random,
      keyPrefix: 'refill',
    },
    logger: new RecordingLogger(),
  });
  try {
    const requests = Array.from({ length: PENDING }, (_, index) => requestOf(`r_pending_${index}`));
    await commit(
      store,
      requests.map((request) => ({ kind: 'request.insert', request })),
    );
    const checkpoints = {
      ...openGraphThreads(database),
      loadSaver: () => Promise.reject(new Error('unused')),
    };
    const clock = { ...systemClock, now: () => systemClock.now() + 60_000 };
    const startedAt = performance.now();
    const cpu = process.cpuUsage();
    const lost = await askAgain(queue, await listOwedJobs({ store, clock, checkpoints }, 0));
    const value = (performance.now() - startedAt) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    const { waiting } = await queue.counts();
    if (lost !== PENDING || waiting !== PENDING) throw new Error(`asked again for ${lost}, ${waiting} wait`);
    const figure = '10,000 pending items asked for again';
    return [
      { figure, value, unit: 's', bar: '<= 10 s', met: value <= 10 },
      { figure: `${figure}, CPU time of ours`, value: (user + system) / 1e6, unit: 's' },
    ];
  } finally {
    await queue.close();
    await store.close();
    database.close();
    directory.remove();
  }
}
