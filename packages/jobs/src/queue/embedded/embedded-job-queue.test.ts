import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Database, openDatabase } from '@jamie/database';
import { createTemporaryDirectory, FakeClock, RecordingLogger, SequentialIds } from '@jamie/testing';
import { type JobQueueSubject, jobQueueContract } from '@jamie/testing/contracts';
import { CONTRACT_CATALOG } from '../contract-catalog.contract.ts';
import { createEmbeddedJobQueue } from './embedded-job-queue.ts';

const LEASE_MS = 300;
const directories = new WeakMap<JobQueueSubject, string>();

async function createSubject(): Promise<JobQueueSubject> {
  const directory = createTemporaryDirectory();
  const clock = new FakeClock();
  const ids = new SequentialIds();
  const databases: Database[] = [];
  const open = (ownClock: FakeClock) => {
    const database = openDatabase({ directory: directory.path });
    databases.push(database);
    return createEmbeddedJobQueue({
      ...{ database, catalog: CONTRACT_CATALOG, clock: ownClock, ids, logger: new RecordingLogger() },
      ...{ random: () => 0.5, leaseMs: LEASE_MS, pollMs: 60_000 },
    });
  };
  const subject: JobQueueSubject = {
    queue: open(clock),
    leaseMs: LEASE_MS,
    openSecondQueue: async () => open(clock),
    openStalledQueue: async () => open(new FakeClock()),
    passTime: (durationMs) => clock.advance(durationMs),
    async destroy() {
      for (const database of databases) database.close();
      directory.remove();
    },
  };
  directories.set(subject, directory.path);
  return subject;
}

const WORKER = fileURLToPath(new URL('./embedded-worker.contract.ts', import.meta.url));

jobQueueContract({
  name: 'embedded',
  create: createSubject,
  capabilities: {
    canPassDays: true,
    spawnWorker: (subject) =>
      spawn(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', WORKER, directories.get(subject) ?? ''],
        { stdio: ['ignore', 'pipe', 'inherit'], env: {} },
      ),
  },
});
