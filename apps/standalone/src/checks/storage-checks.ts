import type { Check, JobQueue, Store } from '@jamie/core';
import { toOpsError } from '@jamie/core';

/** Whether the store answers, and how the queue stands. */
export function storageChecks(dataDir: string, store: Store, queue: JobQueue): readonly Check[] {
  return [
    async () => {
      try {
        await store.readFreeze();
        return { name: 'Store', status: 'ok', detail: `SQLite in ${dataDir}`, mend: '' };
      } catch (error) {
        const failure = toOpsError(error);
        return {
          name: 'Store',
          status: 'failed',
          detail: failure.userMessage ?? failure.message,
          mend: `Check the disk and the permissions of ${dataDir}, then start again.`,
        };
      }
    },
    async () => {
      try {
        const counts = await queue.counts();
        const detail = `${counts.waiting} waiting, ${counts.active} running, ${counts.delayed} later, ${counts.failed} failed`;
        return { name: 'Jobs', status: 'ok', detail, mend: '' };
      } catch (error) {
        const failure = toOpsError(error);
        return {
          name: 'Jobs',
          status: 'failed',
          detail: failure.userMessage ?? failure.message,
          mend: 'See the line about Redis, or about the store.',
        };
      }
    },
  ];
}
