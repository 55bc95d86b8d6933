import { writeSync } from 'node:fs';
import { openTestQueue } from '../support/bull-queue.ts';

// The program that the faults contract kills: takes jobs, reports each and finishes none.
const [url = '', keyPrefix = '', leaseMs = ''] = process.argv.slice(2);
const queue = await openTestQueue({ url, keyPrefix, leaseMs: Number(leaseMs) });
const report = (_payload: unknown, { deduplicationId }: { readonly deduplicationId: string }) => {
  writeSync(1, `${deduplicationId}\n`);
  return new Promise<void>(() => undefined);
};
queue.work({ 'contract.work': report, 'contract.slow': report });
