import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/** Keeps everybody else from writing to a database for a while, from a thread of its own. */
const { path, forMs } = workerData as { readonly path: string; readonly forMs: number };
const database = new DatabaseSync(path, { timeout: 5_000 });
database.exec('BEGIN IMMEDIATE');
parentPort?.postMessage('stalled');
setTimeout(() => {
  database.exec('ROLLBACK');
  database.close();
}, forMs);
