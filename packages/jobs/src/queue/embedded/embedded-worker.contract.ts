import { writeSync } from 'node:fs';
import { openDatabase } from '@jamie/database';
import { FakeClock, RecordingLogger, SequentialIds } from '@jamie/testing';
import { CONTRACT_CATALOG } from '../contract-catalog.contract.ts';
import { createEmbeddedJobQueue } from './embedded-job-queue.ts';

// The program that the faults contract kills: takes jobs, reports each and finishes none.
const [directory = ''] = process.argv.slice(2);
const queue = createEmbeddedJobQueue({
  database: openDatabase({ directory }),
  catalog: CONTRACT_CATALOG,
  clock: new FakeClock(),
  ids: new SequentialIds(),
  logger: new RecordingLogger(),
  random: () => 0,
  leaseMs: 300,
});
const report = (_payload: unknown, { deduplicationId }: { readonly deduplicationId: string }) => {
  writeSync(1, `${deduplicationId}\n`);
  return new Promise<void>(() => undefined);
};
queue.work({ 'contract.work': report, 'contract.slow': report });
// The fake clock keeps no process alive.
setInterval(() => undefined, 1_000);
