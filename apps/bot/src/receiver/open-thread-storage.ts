import type { Inbox, Installations, Logger } from '@jamie/core';
import { openDatabase } from '@jamie/database';
import { type MongodbConfig, systemClock } from '@jamie/runtime';
import { openSqliteInbox, openSqliteInstallations } from '@jamie/store';

/** Where the receiver thread stores what it receives. */
export interface ThreadStorageSettings {
  /** Absent: the database is in the data directory. */
  readonly mongodb?: MongodbConfig;
  readonly dataDirectory: string;
}

/** What the receiver thread keeps, on a connection of its own. */
export interface ThreadStorage {
  readonly inbox: Inbox;
  openInstallations(credentialsKey: Uint8Array): Installations;
  close(): Promise<void>;
}

/** Opens the same database as the main thread; without MongoDB nothing of it is loaded. Fails as opening it does. */
export async function openThreadStorage(
  { mongodb, dataDirectory }: ThreadStorageSettings,
  logger: Logger,
): Promise<ThreadStorage> {
  if (mongodb !== undefined) return await openOnMongodb(mongodb, logger);
  const database = openDatabase({ directory: dataDirectory, checkIntegrity: false });
  return {
    inbox: openSqliteInbox({ database, clock: systemClock }),
    openInstallations: (credentialsKey) => openSqliteInstallations({ database, credentialsKey }),
    close: async () => database.close(),
  };
}

async function openOnMongodb({ url, database: name }: MongodbConfig, logger: Logger): Promise<ThreadStorage> {
  const [{ openMongoDatabase }, { openMongoInbox, openMongoInstallations }] = await Promise.all([
    import('@jamie/database/mongodb'),
    import('@jamie/store/mongodb'),
  ]);
  const database = await openMongoDatabase({ url, name, clock: systemClock, logger });
  return {
    inbox: openMongoInbox({ database, clock: systemClock }),
    openInstallations: (credentialsKey) => openMongoInstallations({ database, credentialsKey }),
    close: () => database.close(),
  };
}
