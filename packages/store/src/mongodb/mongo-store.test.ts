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
  double = await startMongodbDouble();
});
afterAll(() => double.stop());

async function createSubject(): Promise<StoreSubject> {
  const world = aMongoWorld(double);
  const { clock } = world;
  const database = await world.openDatabase();
  return {
    store: openMongoStore({ database, digest, clock }),
    inbox: openMongoInbox({ database, clock }),
    clock,
    digest,
    openSecondStore: world.openStore,
    openSecondInbox: async () => openMongoInbox({ database: await world.openDatabase(), clock }),
    destroy: world.close,
  };
}

const options: StoreContractOptions = { name: 'MongoDB', create: createSubject, capabilities: {} };

storeContract(options);
inboxContract(options);
