import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type MongodbDouble, startMongodbDouble } from '@jamie/testing';
import {
  inboxContract,
  type StoreContractOptions,
  type StoreSubject,
  storeContract,
} from '@jamie/testing/contracts';
import { afterAll, beforeAll } from '@jest/globals';
import { openMongoInbox } from './mongo-inbox.ts';
import { openMongoStore } from './mongo-store.ts';
import { aMongoWorld, digest } from './mongo-world.fixture.ts';

let double: MongodbDouble;
beforeAll(async () => {
  // A killed process leaves a transaction open, which the server ends: in a minute, unless told otherwise.
  double = await startMongodbDouble({ transactionLifetimeMs: 2_500 });
});
afterAll(() => double.stop());

const databaseNames = new WeakMap<StoreSubject, string>();

async function createSubject(): Promise<StoreSubject> {
  const world = aMongoWorld(double);
  const { clock } = world;
  const database = await world.openDatabase();
  const subject: StoreSubject = {
    store: openMongoStore({ database, digest, clock }),
    inbox: openMongoInbox({ database, clock }),
    clock,
    digest,
    openSecondStore: world.openStore,
    openSecondInbox: async () => openMongoInbox({ database: await world.openDatabase(), clock }),
    destroy: world.close,
  };
  databaseNames.set(subject, world.databaseName);
  return subject;
}

const COMMITTER = fileURLToPath(new URL('./mongo-committer.contract.ts', import.meta.url));

function spawnCommitter(subject: StoreSubject, series: string) {
  const place = [double.url, databaseNames.get(subject) ?? ''];
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', COMMITTER, ...place, series], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {},
  });
}

const options: StoreContractOptions = {
  name: 'MongoDB',
  create: createSubject,
  capabilities: { spawnCommitter },
};

storeContract(options);
inboxContract(options);
