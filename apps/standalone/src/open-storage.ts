import type { GraphCheckpoints } from '@jamie/agents';
import type {
  Check,
  Inbox,
  Installations,
  JobQueue,
  LiveStreams,
  Logger,
  PostingLine,
  PostingPace,
  Store,
} from '@jamie/core';
import { lockDataDirectory } from '@jamie/database';
import type { Config, SteadyClock } from '@jamie/runtime';
import { openSqliteStorage } from './open-sqlite-storage.ts';

/** What is durable, in one database. */
export interface OpenedStorage {
  readonly store: Store;
  readonly inbox: Inbox & {
    /** Forgets deliveries that were finished more than a day ago; returns how many. */
    prune(): Promise<number>;
  };
  /** Absent where the database holds no jobs. */
  readonly queue?: JobQueue;
  readonly checkpoints: GraphCheckpoints;
  readonly pace: PostingPace;
  readonly line: PostingLine;
  readonly streams: LiveStreams;
  /** The Slack workspaces that installed the app; the key encrypts their tokens. */
  openInstallations(credentialsKey: Uint8Array): Installations;
  /** Whether the database answers, and where it is. */
  readonly check: Check;
  close(): Promise<void>;
}

/** The same, with the data directory taken: keys and registered clusters are there whatever the database. */
export type Storage = OpenedStorage;

/**
 * Takes the data directory, alone or with the other replicas, and opens what is durable: on MongoDB where one is
 * configured, else in the directory. Throws conflict (another process has the directory), config_invalid, internal
 * (damaged) or unavailable; nothing is left half open.
 */
export async function openStorage(config: Config, logger: Logger, clock: SteadyClock): Promise<Storage> {
  const lock = lockDataDirectory(config.dataDir, config.replicas);
  try {
    const storage = await openConfigured(config, logger, clock);
    return {
      ...storage,
      async close() {
        await storage.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Without MongoDB nothing of it is loaded. */
async function openConfigured(config: Config, logger: Logger, clock: SteadyClock): Promise<OpenedStorage> {
  if (config.mongodb === undefined) return openSqliteStorage(config, logger, clock);
  const { openMongodbStorage } = await import('./open-mongodb-storage.ts');
  return await openMongodbStorage(config.mongodb, logger, clock);
}
