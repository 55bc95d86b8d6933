import type { JobQueue, JobRequest } from '@jamie/core';

/** So many are asked for at once: a queue behind a network answers each a little later. */
const AT_ONCE = 100;

/** Asks the queue for jobs that it may have lost. Returns how many it had lost. Throws the queue's errors. */
export async function askAgain(queue: Pick<JobQueue, 'add'>, jobs: readonly JobRequest[]): Promise<number> {
  let lost = 0;
  for (let begin = 0; begin < jobs.length; begin += AT_ONCE) {
    const answers = await Promise.all(jobs.slice(begin, begin + AT_ONCE).map((job) => queue.add(job)));
    lost += answers.filter((answer) => answer === 'added').length;
  }
  return lost;
}
