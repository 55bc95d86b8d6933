import { lockDataDirectory } from '@jamie/database';
import { openSqliteStorage } from './open-sqlite-storage.ts';
import type { Storage, StorageOptions } from './storage.ts';

/**
 * Takes the data directory, alone or with the other replicas, and opens what is durable: on MongoDB where one is
 * configured, else in the directory. Throws conflict (another process has the directory), config_invalid, internal
 * (damaged) or unavailable; nothing is left half open.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  const { config } = options;
  const lock = lockDataDirectory(config.dataDir, config.replicas);
  try {
    const storage = await openConfigured(options);
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
async function openConfigured(options: StorageOptions): Promise<Storage> {
  const { config, logger, clock } = options;
  if (config.mongodb === undefined) return openSqliteStorage(options);
  const { openMongodbStorage } = await import('./open-mongodb-storage.ts');
  return await openMongodbStorage(config.mongodb, logger, clock);
}
