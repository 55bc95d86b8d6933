import { listOwedJobs } from '@jamie/agents';
import type {
  AuditEntry,
  IntentId,
  JobProcessor,
  PlanId,
  Request,
  RequestId,
  Store,
  StoreChange,
} from '@jamie/core';
import { openDatabase } from '@jamie/database';
import { createJobCatalog, createOutboxRelay, JOB_CATALOG, type JobDefinition } from '@jamie/jobs';
import { openBullJobQueue } from '@jamie/jobs/bullmq';
import { randomIds, sha256, systemClock } from '@jamie/runtime';
import { openGraphThreads, openSqliteStore } from '@jamie/store';
import { anIntent, aRequest, createTemporaryDirectory, RecordingLogger } from '@jamie/testing';
import { askAgain } from '@jamie/worker';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import type { Benchmark, Measurement } from './benchmark.ts';

const CONCURRENCY = 8;
const ACTIONS = 250;
const WARM_UP = 50;
const PENDING = 10_000;
const PEER = 'bullmq 6.3.16, add to finished';
const HANDLE = createJobCatalog([JOB_CATALOG.get('requests.handle') as JobDefinition]);

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
      return [...(await compareActions(server)), ...(await refill(server))];
    } finally {
      await server.stop();
    }
  },
};

/** Runs one thing through to its end. */
type Action = (number: number) => Promise<void>;

interface Side {
  readonly act: Action;
  close(): Promise<void>;
}

interface Sample {
  readonly latenciesMs: readonly number[];
  readonly perSecond: number;
}

async function compareActions(server: RedisServer): Promise<readonly Measurement[]> {
  const sides = [await openOurs(server), openRaw(server)] as const;
  try {
    const samples: readonly [Sample[], Sample[]] = [[], []];
    let next = 0;
    const measure = async (side: 0 | 1, actions: number) => {
      const sample = await measureSide(sides[side].act, next, actions);
      next += actions;
      return sample;
    };
    for (const side of [0, 1] as const) await measure(side, WARM_UP);
    for (const side of [0, 1, 1, 0] as const) samples[side].push(await measure(side, ACTIONS));
    return compare(samples[0], samples[1]);
  } finally {
    await Promise.all(sides.map((side) => side.close()));
  }
}

/** So many actions, eight at a time. */
async function measureSide(act: Action, first: number, actions: number): Promise<Sample> {
  const latenciesMs: number[] = [];
  let begun = 0;
  const startedAt = performance.now();
  const lane = async () => {
    while (begun < actions) {
      const number = first + begun;
      begun += 1;
      const beganAt = performance.now();
      await act(number);
      latenciesMs.push(performance.now() - beganAt);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  return { latenciesMs, perSecond: (actions / (performance.now() - startedAt)) * 1_000 };
}

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

function medianOf(samples: readonly Sample[]): number {
  const sorted = samples.flatMap(({ latenciesMs }) => latenciesMs).toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function rateOf(samples: readonly Sample[]): number {
  return samples.reduce((sum, { perSecond }) => sum + perSecond, 0) / samples.length;
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
  const logger = new RecordingLogger();
  const queue = await openBullJobQueue({
    ...{ url, catalog: HANDLE, clock: systemClock, ids: randomIds, logger, random: Math.random },
    concurrency: CONCURRENCY,
  });
  const relay = createOutboxRelay({ store, queue, clock: systemClock, logger });
  const finished = new Map<string, () => void>();
  const handle: JobProcessor = async (payload) => {
    const id = payload['requestId'] as RequestId;
    await actOnce(store, id);
    finished.get(id)?.();
  };
  const worker = queue.work({ 'requests.handle': handle });
  return {
    async act(number) {
      const request = requestOf(`r_action_${number}`);
      const done = new Promise<void>((resolve) => finished.set(request.id, resolve));
      await commit(store, [...asked(request), audit(request, 'request.received')]);
      await done;
      finished.delete(request.id);
    },
    async close() {
      await worker.stop(1_000);
      await relay.stop();
      await queue.close();
      await store.close();
      database.close();
      directory.remove();
    },
  };
}

/** What is recorded before and after an effect; there is none here. */
async function actOnce(store: Store, id: RequestId): Promise<void> {
  const request = await store.findRequest(id);
  if (request === undefined) throw new Error(`no request ${id}`);
  const intent = anIntent({ id: `i_${id}` as IntentId, planId: `p_${id}` as PlanId });
  await commit(store, [{ kind: 'intent.insert', intent }, audit(request, 'intent')]);
  const answered: Request = { ...request, status: 'answered', version: request.version + 1 };
  await commit(store, [
    {
      kind: 'intent.complete',
      id: intent.id,
      outcome: { kind: 'applied', resourceVersion: '1' },
      completedAt: systemClock.now(),
    },
    { kind: 'request.update', request: answered, expectedVersion: request.version },
    audit(request, 'request.answered'),
  ]);
}

function requestOf(id: string): Request {
  return aRequest({ id: id as RequestId, receivedAt: systemClock.now() });
}

function asked(request: Request): readonly StoreChange[] {
  const { id, correlationId } = request;
  const job = {
    name: 'requests.handle',
    payload: { requestId: id },
    deduplicationId: `handle:${id}`,
    correlationId,
  };
  return [
    { kind: 'request.insert', request },
    { kind: 'outbox.add', job },
  ];
}

function audit({ id, correlationId }: Request, kind: string): StoreChange {
  const entry: AuditEntry = {
    at: systemClock.now(),
    kind,
    actor: 'bench',
    correlationId,
    details: { requestId: id },
  };
  return { kind: 'audit.append', entry };
}

async function commit(store: Store, changes: readonly StoreChange[]): Promise<void> {
  const result = await store.commit(changes);
  if (result.kind !== 'committed')
    throw new Error(`not committed: ${result.reason} of ${result.change.kind}`);
}

/** Fills a store with open requests whose jobs were all lost, and asks for them again. */
async function refill({ url }: RedisServer): Promise<readonly Measurement[]> {
  const directory = createTemporaryDirectory();
  const database = openDatabase({ directory: directory.path });
  const store = openSqliteStore({ database, digest: sha256, clock: systemClock });
  const queue = await openBullJobQueue({
    ...{ url, catalog: HANDLE, clock: systemClock, ids: randomIds, random: Math.random, keyPrefix: 'refill' },
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
