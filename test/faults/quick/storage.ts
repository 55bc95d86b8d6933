import { setTimeout as sleep } from 'node:timers/promises';
import type { JobQueue, JobRequest, Logger, Store } from '@jamie/core';
import { type Database, openDatabase } from '@jamie/database';
import { openMongoDatabase } from '@jamie/database/mongodb';
import { createEmbeddedJobQueue, createJobCatalog, JOB_CATALOG, type JobCatalog } from '@jamie/jobs';
import { openBullJobQueue } from '@jamie/jobs/bullmq';
import { randomIds, sha256 } from '@jamie/runtime';
import { openSqliteStore } from '@jamie/store';
import { openMongoStore } from '@jamie/store/mongodb';
import { LineProxy } from './line-proxy.ts';
import { type ProcessClock, SPEED } from './process-clock.ts';

/** Where a trial's processes keep everything: SQLite alone, or MongoDB (its double) with BullMQ on a real Redis. */
export const PAIRS = ['embedded', 'full'] as const;
export type PairName = (typeof PAIRS)[number];

/** How long a job stays with a worker that gives no sign of life, in milliseconds of the trial. */
const JOB_LEASE_MS = 8_000;
/** Of a job on Redis, by the wall: its renewal is an answer over the network from processes that share a thread. */
export const REDIS_LEASE_MS = 3_000;
const POLL_MS = 1_000;

/** Called before anything is done with the data; throws when the process is dead. */
export type Gate = () => void;

/** What one process opens. */
export interface Storage {
  readonly store: Store;
  readonly queue: JobQueue;
  /** The connection to Redis, to break. */
  readonly line?: LineProxy;
  /** Ends what is left of it, without a word to the servers when the process has died. */
  close(): Promise<void>;
}

export interface StorageSetting {
  readonly clock: ProcessClock;
  readonly logger: Logger;
  readonly gate: Gate;
  /** Ends the process, as the program does when its database turns out to be damaged. */
  readonly onDamage?: () => void;
}

export interface EmbeddedPlace {
  readonly pair: 'embedded';
  readonly directory: string;
  readonly maxBytes?: number;
}

export interface FullPlace {
  readonly pair: 'full';
  readonly mongodbUrl: string;
  readonly database: string;
  readonly redisPort: number;
  readonly keyPrefix: string;
}

export type StoragePlace = EmbeddedPlace | FullPlace;

/** Opens the data of a trial as one more process. Fails as the stores and queues do. */
export function openStorage(place: StoragePlace, setting: StorageSetting): Promise<Storage> {
  return place.pair === 'embedded' ? openEmbedded(place, setting) : openFull(place, setting);
}

async function openEmbedded(
  { directory, maxBytes }: EmbeddedPlace,
  { clock, logger, gate, onDamage }: StorageSetting,
): Promise<Storage> {
  const open = openDatabase({
    directory,
    ...(maxBytes !== undefined && { maxBytes }),
    ...(onDamage !== undefined && { onDamage }),
  });
  const database = gated(open, gate);
  const store = openSqliteStore({ database, digest: sha256, clock });
  const queue = createEmbeddedJobQueue({
    ...{ database, catalog: JOB_CATALOG, clock, ids: randomIds, logger, random: Math.random },
    ...{ leaseMs: JOB_LEASE_MS, pollMs: POLL_MS, concurrency: 4 },
  });
  return {
    store,
    queue,
    async close() {
      await Promise.allSettled([queue.close(), store.close()]);
      open.close();
    },
  };
}

/** The same connection, of which a dead process gets nothing any more. */
function gated(database: Database, gate: Gate): Database {
  return {
    path: database.path,
    run: (sql, ...values) => {
      gate();
      return database.run(sql, ...values);
    },
    get: (sql, ...values) => {
      gate();
      return database.get(sql, ...values);
    },
    all: (sql, ...values) => {
      gate();
      return database.all(sql, ...values);
    },
    transaction: (work, keep) => {
      gate();
      return database.transaction(work, keep);
    },
    unsynced: (work) => {
      gate();
      return database.unsynced(work);
    },
    close: () => database.close(),
  };
}

async function openFull(place: FullPlace, setting: StorageSetting): Promise<Storage> {
  const { clock, logger, gate } = setting;
  const database = await openMongoDatabase({
    ...{ url: place.mongodbUrl, name: place.database, clock: clock.ofTheWall, logger },
    heartbeatMs: 500,
    serverSelectionTimeoutMs: 10_000,
  });
  const line = new LineProxy(place.redisPort);
  const queue = await openBullJobQueue({
    url: `redis://127.0.0.1:${await line.start()}`,
    ...{ catalog: FAST_CATALOG, ids: randomIds, logger, random: Math.random },
    ...{ clock: clock.ofTheWall, leaseMs: REDIS_LEASE_MS, keyPrefix: place.keyPrefix, concurrency: 4 },
  });
  const store = openMongoStore({ database, digest: sha256, clock });
  return {
    store: gatedStore(store, gate),
    queue: quickened(queue, clock),
    line,
    async close() {
      await Promise.race([Promise.allSettled([queue.close(), store.close()]), sleep(3_000)]);
      await line.stop();
      await database.close();
    },
  };
}

function gatedStore(store: Store, gate: Gate): Store {
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function' || name === 'close' || name === 'onCommit') {
        return typeof member === 'function' ? member.bind(target) : member;
      }
      return async (...parameters: readonly unknown[]): Promise<unknown> => {
        gate();
        const result: unknown = await Reflect.apply(member, target, parameters);
        gate();
        return result;
      };
    },
  });
}

/** Redis and BullMQ know no other time than the wall's, so what the product asks them for is made shorter. */
const FAST_CATALOG: JobCatalog = createJobCatalog(
  [...JOB_CATALOG.values()].map((job) => ({
    ...job,
    backoff: {
      ...job.backoff,
      initialMs: job.backoff.initialMs / SPEED,
      maxMs: job.backoff.maxMs / SPEED,
    },
  })),
);

function quickened(queue: JobQueue, clock: ProcessClock): JobQueue {
  return {
    add(job: JobRequest) {
      const { runAt } = job;
      if (runAt === undefined) return queue.add(job);
      const delayMs = Math.max(0, runAt - clock.now()) / SPEED;
      return queue.add({ ...job, runAt: clock.ofTheWall.now() + delayMs });
    },
    work: (processors) => queue.work(processors),
    counts: () => queue.counts(),
    close: () => queue.close(),
  };
}
