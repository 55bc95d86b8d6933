import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock, Digest, Store } from '@jamie/core';
import { type MongoDatabase, openMongoDatabase } from '@jamie/database/mongodb';
import { FakeClock, type MongodbDouble, RecordingLogger } from '@jamie/testing';
import { openMongoStore } from './mongo-store.ts';

export const digest: Digest = (text) => createHash('sha256').update(text).digest('hex');

/** One database on a running double, with as many connections to it as a test opens. */
export interface MongoWorld {
  readonly clock: FakeClock;
  /** Its name on the double. */
  readonly databaseName: string;
  openDatabase(): Promise<MongoDatabase>;
  openStore(): Promise<Store>;
  close(): Promise<void>;
}

let databases = 0;

export function aMongoWorld(double: MongodbDouble): MongoWorld {
  databases += 1;
  const name = `tests${databases}`;
  const clock = new FakeClock();
  const opened: MongoDatabase[] = [];
  const world: MongoWorld = {
    clock,
    databaseName: name,
    async openDatabase() {
      const database = await openMongoDatabase({
        ...{ url: double.url, name, clock: pausing(clock), logger: new RecordingLogger() },
        heartbeatMs: 20,
      });
      opened.push(database);
      return database;
    },
    openStore: async () => openMongoStore({ database: await world.openDatabase(), digest, clock }),
    async close() {
      await Promise.all(opened.map((each) => each.close()));
    },
  };
  return world;
}

/** A clock whose pauses are short and real: nobody moves time between two attempts. */
function pausing(clock: FakeClock): Clock {
  return { now: () => clock.now(), sleep: async (durationMs) => void (await wait(Math.min(durationMs, 20))) };
}
