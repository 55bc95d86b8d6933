import { openGraphCheckpoints } from '@jamie/agents';
import type { CheckResult, Logger } from '@jamie/core';
import { type MongoDatabase, openMongoDatabase } from '@jamie/database/mongodb';
import { type MongodbConfig, type SteadyClock, sha256 } from '@jamie/runtime';
import {
  mongoLatestRecordedAt,
  openMongoGraphThreads,
  openMongoInbox,
  openMongoInstallations,
  openMongoLiveStreams,
  openMongoPostingLine,
  openMongoPostingPace,
  openMongoStore,
} from '@jamie/store/mongodb';
import { storeCheck } from './checks/storage-checks.ts';
import type { Storage } from './storage.ts';

/** With fewer, the loss of one member loses records or stops every write. */
const SAFE_MEMBERS = 3;

/**
 * Everything durable on MongoDB, for any number of processes; it holds no jobs. Fails with: config_invalid (a
 * standalone, no permission, another program's database), unavailable, timeout; nothing is left open.
 */
export async function openMongodbStorage(
  { url, database: name }: MongodbConfig,
  logger: Logger,
  clock: SteadyClock,
): Promise<Storage> {
  const database = await openMongoDatabase({
    ...{ url, name, clock },
    logger: logger.child({ component: 'database' }),
  });
  try {
    // The clocks of machines differ: nothing that one did may still lie ahead for another.
    clock.notBefore(await mongoLatestRecordedAt(database));
  } catch (error) {
    await database.close();
    throw error;
  }
  const store = openMongoStore({ database, digest: sha256, clock });
  const inbox = openMongoInbox({ database, clock });
  return {
    store,
    inbox,
    checkpoints: openGraphCheckpoints(openMongoGraphThreads(database), () => loadSaver(database)),
    pace: openMongoPostingPace({ database, clock }),
    line: openMongoPostingLine({ database, clock }),
    streams: openMongoLiveStreams(database),
    openInstallations: (credentialsKey) => openMongoInstallations({ database, credentialsKey }),
    check: storeCheck('See docs/backends.md for what the server needs.', () => describe(database)),
    async close() {
      await inbox.close();
      await store.close();
      await database.close();
    },
  };
}

async function describe(database: MongoDatabase): Promise<Omit<CheckResult, 'name'>> {
  const { hosts, name } = database.place;
  const { version, replicaSet } = await database.describe();
  const server = `MongoDB ${version} at ${hosts}, database ${name}`;
  if (replicaSet === undefined) return { status: 'ok', detail: `${server}, sharded cluster`, mend: '' };
  const { name: set, members } = replicaSet;
  const detail = `${server}, replica set ${set} of ${members} ${members === 1 ? 'member' : 'members'}`;
  if (members >= SAFE_MEMBERS) return { status: 'ok', detail, mend: '' };
  const loss =
    members === 1 ? 'with its disk every record is lost' : 'while one is down nothing can be written';
  return {
    status: 'warning',
    detail: `${detail}: ${loss}`,
    mend: 'Add members with rs.add until there are three.',
  };
}

async function loadSaver(database: MongoDatabase) {
  const { MongoCheckpointSaver } = await import('@jamie/store/mongodb-checkpoints');
  return new MongoCheckpointSaver({ database });
}
