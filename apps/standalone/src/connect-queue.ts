import { type Check, type JobQueue, type Logger, OpsError } from '@jamie/core';
import { JOB_CATALOG } from '@jamie/jobs';
import { type Config, type Lifecycle, randomIds, type SteadyClock } from '@jamie/runtime';

export interface ConnectedQueue {
  readonly queue: JobQueue;
  readonly checks: readonly Check[];
}

/**
 * Takes the queue on Redis where one is configured, else the embedded one; without Redis nothing of it is loaded. Jobs
 * that wait in the other queue when somebody changes over are asked for again by the sweeps. Throws config_invalid.
 */
export async function connectQueue(
  { redis, jobs }: Pick<Config, 'redis' | 'jobs'>,
  embedded: JobQueue | undefined,
  clock: SteadyClock,
  logger: Logger,
  start: Lifecycle['start'],
): Promise<ConnectedQueue> {
  if (redis === undefined) return { queue: requireQueue(embedded), checks: [] };
  const { openBullJobQueue } = await import('@jamie/jobs/bullmq');
  const queue = await openBullJobQueue({
    ...{ ...redis, ...jobs, clock, catalog: JOB_CATALOG, ids: randomIds, random: Math.random },
    logger: logger.child({ component: 'jobs' }),
  });
  await start({ name: 'redis', stop: () => queue.close() });
  return { queue, checks: [() => queue.check()] };
}

/** The configuration asks for Redis wherever the store holds no jobs. */
function requireQueue(embedded: JobQueue | undefined): JobQueue {
  if (embedded !== undefined) return embedded;
  throw new OpsError('config_invalid', 'the jobs have no place to wait', {
    userMessage: 'With MONGODB_URL the jobs wait on Redis: set REDIS_URL.',
  });
}
