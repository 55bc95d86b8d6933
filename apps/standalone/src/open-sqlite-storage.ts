import { openGraphCheckpoints } from '@jamie/agents';
import { type Database, openDatabase } from '@jamie/database';
import { createEmbeddedJobQueue, JOB_CATALOG } from '@jamie/jobs';
import { randomIds, sha256 } from '@jamie/runtime';
import {
  latestRecordedAt,
  openGraphThreads,
  openSqliteInbox,
  openSqliteInstallations,
  openSqliteLiveStreams,
  openSqlitePostingLine,
  openSqlitePostingPace,
  openSqliteStore,
} from '@jamie/store';
import { storeCheck } from './checks/storage-checks.ts';
import type { Storage, StorageOptions } from './storage.ts';

/** The embedded set: everything durable, jobs too, in one SQLite database of the data directory. */
export function openSqliteStorage({ config, logger, clock, onDamage }: StorageOptions): Storage {
  const database = openDatabase({ directory: config.dataDir, ...(onDamage && { onDamage }) });
  // A clock that was set back before this start must not make what is due wait until it has caught up.
  clock.notBefore(latestRecordedAt(database));
  const store = openSqliteStore({ database, digest: sha256, clock });
  const inbox = openSqliteInbox({ database, clock, isAlone: config.replicas === 'one' });
  const queue = createEmbeddedJobQueue({
    database,
    catalog: JOB_CATALOG,
    clock,
    ids: randomIds,
    logger: logger.child({ component: 'jobs' }),
    random: Math.random,
    concurrency: config.jobs.concurrency,
    leaseMs: config.jobs.leaseMs,
  });
  return {
    store,
    queue,
    inbox,
    checkpoints: openGraphCheckpoints(openGraphThreads(database), () => loadSaver(database)),
    pace: openSqlitePostingPace({ database, clock }),
    line: openSqlitePostingLine({ database, clock }),
    streams: openSqliteLiveStreams(database),
    openInstallations: (credentialsKey) => openSqliteInstallations({ database, credentialsKey }),
    check: storeCheck(
      `Check the disk and the permissions of ${config.dataDir}, then start again.`,
      async () => {
        await store.readFreeze();
        return { status: 'ok', detail: `SQLite in ${config.dataDir}`, mend: '' };
      },
    ),
    async close() {
      await queue.close();
      await inbox.close();
      await store.close();
      database.close();
    },
  };
}

async function loadSaver(database: Database) {
  const { SqliteCheckpointSaver } = await import('@jamie/store/checkpoints');
  return new SqliteCheckpointSaver({ database });
}
