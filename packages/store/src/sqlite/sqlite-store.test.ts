import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type Database, openDatabase } from '@jamie/database';
import { createTemporaryDirectory, FakeClock } from '@jamie/testing';
import {
  inboxContract,
  type StoreContractOptions,
  type StoreSubject,
  storeContract,
} from '@jamie/testing/contracts';
import { openSqliteInbox } from './sqlite-inbox.ts';
import { openSqliteStore } from './sqlite-store.ts';

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const directories = new WeakMap<StoreSubject, string>();

async function createSubject(): Promise<StoreSubject> {
  const directory = createTemporaryDirectory();
  const clock = new FakeClock();
  const databases: Database[] = [];
  const open = () => {
    const database = openDatabase({ directory: directory.path });
    databases.push(database);
    return database;
  };
  const database = open();
  const subject: StoreSubject = {
    store: openSqliteStore({ database, digest, clock }),
    inbox: openSqliteInbox({ database, clock }),
    clock,
    digest,
    openSecondStore: async () => openSqliteStore({ database: open(), digest, clock }),
    openSecondInbox: async () => openSqliteInbox({ database: open(), clock }),
    async destroy() {
      for (const each of databases) each.close();
      directory.remove();
    },
  };
  directories.set(subject, directory.path);
  return subject;
}

const COMMITTER = fileURLToPath(new URL('./sqlite-committer.contract.ts', import.meta.url));

function spawnCommitter(subject: StoreSubject, series: string) {
  const directory = directories.get(subject) ?? '';
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', COMMITTER, directory, series], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {},
  });
}

const options: StoreContractOptions = {
  name: 'SQLite',
  create: createSubject,
  capabilities: { spawnCommitter },
};

storeContract(options);
inboxContract(options);
