import type { Check, CheckResult, JobQueue } from '@jamie/core';
import { toOpsError } from '@jamie/core';

/** Whether the store answers: what `look` finds, or how it failed and what mends that. */
export function storeCheck(mend: string, look: () => Promise<Omit<CheckResult, 'name'>>): Check {
  return checkOf('Store', mend, look);
}

/** How the queue stands. */
export function queueCheck(queue: JobQueue): Check {
  return checkOf('Jobs', 'See the line about Redis, or about the store.', async () => {
    const counts = await queue.counts();
    const detail = `${counts.waiting} waiting, ${counts.active} running, ${counts.delayed} later, ${counts.failed} failed`;
    return { status: 'ok', detail, mend: '' };
  });
}

function checkOf(name: string, mend: string, look: () => Promise<Omit<CheckResult, 'name'>>): Check {
  return async () => {
    try {
      return { name, ...(await look()) };
    } catch (error) {
      const failure = toOpsError(error);
      return { name, status: 'failed', detail: failure.userMessage ?? failure.message, mend };
    }
  };
}
