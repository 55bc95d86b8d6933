import type { Logger } from '@jamie/core';
import { lockDataDirectory } from '@jamie/database';
import type { Config, SteadyClock } from '@jamie/runtime';
import { openSqliteStorage } from './open-sqlite-storage.ts';
import type { Storage } from './storage.ts';

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
async function openConfigured(config: Config, logger: Logger, clock: SteadyClock): Promise<Storage> {
  if (config.mongodb === undefined) return openSqliteStorage(config, logger, clock);
  const { openMongodbStorage } = await import('./open-mongodb-storage.ts');
  return await openMongodbStorage(config.mongodb, logger, clock);
}
