import type { GraphCheckpoints } from '@jamie/agents';
import type {
  Installations,
  JobQueue,
  LiveStreams,
  Logger,
  PostingLine,
  PostingPace,
  Store,
} from '@jamie/core';
import { type Database, lockDataDirectory, openDatabase } from '@jamie/database';
import { createEmbeddedJobQueue, JOB_CATALOG } from '@jamie/jobs';
import { type Config, randomIds, type SteadyClock, sha256 } from '@jamie/runtime';
import {
  latestRecordedAt,
  openGraphThreads,
  openSqliteInbox,
  openSqliteInstallations,
  openSqliteLiveStreams,
  openSqlitePostingLine,
  openSqlitePostingPace,
  openSqliteStore,
  type SqliteInbox,
} from '@jamie/store';

/** The embedded set: everything durable in one SQLite database of one data directory. */
export interface Storage {
  readonly store: Store;
  readonly queue: JobQueue;
  readonly inbox: SqliteInbox;
  readonly checkpoints: GraphCheckpoints;
  readonly pace: PostingPace;
  readonly line: PostingLine;
  readonly streams: LiveStreams;
  /** The Slack workspaces that installed the app; the key encrypts their tokens. */
  openInstallations(credentialsKey: Uint8Array): Installations;
  close(): Promise<void>;
}

/**
 * Takes the data directory, alone or with the other replicas, and opens what is durable. Throws conflict (another
 * process has it otherwise), config_invalid, internal (damaged) or unavailable; nothing is left half open.
 */
export function openStorage(config: Config, logger: Logger, clock: SteadyClock): Storage {
  const lock = lockDataDirectory(config.dataDir, config.replicas);
  let database: Database;
  try {
    database = openDatabase({ directory: config.dataDir });
  } catch (error) {
    lock.release();
    throw error;
  }
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
    checkpoints: openCheckpoints(database),
    pace: openSqlitePostingPace({ database, clock }),
    line: openSqlitePostingLine({ database, clock }),
    streams: openSqliteLiveStreams(database),
    openInstallations: (credentialsKey) => openSqliteInstallations({ database, credentialsKey }),
    async close() {
      await queue.close();
      await inbox.close();
      await store.close();
      database.close();
      lock.release();
    },
  };
}

/** The saver comes with the graph library, which is heavy: it is loaded when the first graph runs. */
function openCheckpoints(database: Database): GraphCheckpoints {
  let saver: ReturnType<GraphCheckpoints['loadSaver']> | undefined;
  return {
    ...openGraphThreads(database),
    loadSaver: () => {
      saver ??= import('@jamie/store/checkpoints').then(
        ({ SqliteCheckpointSaver }) => new SqliteCheckpointSaver({ database }),
      );
      return saver;
    },
  };
}
