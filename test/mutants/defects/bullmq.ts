import type { Defect } from '../defect.ts';

const BULLMQ = 'packages/jobs/src/queue/bullmq';
const CONTRACT = { suite: 'test/integration/bull-job-queue', project: 'integration' } as const;
const FAULTS = { suite: 'test/integration/redis-faults', project: 'integration' } as const;
const OWED = 'packages/agents/src/desk/list-owed-jobs';

/** Ways in which a queue on Redis could lose, double or fail work. The integration suites need a redis-server. */
export const bullmqDefects: readonly Defect[] = [
  {
    name: 'a redis that may evict jobs is taken',
    file: `${BULLMQ}/redis-facts.ts`,
    find: "evictionPolicy !== 'noeviction'",
    replace: "evictionPolicy === 'allkeys-random'",
    suite: `${BULLMQ}/redis-facts`,
  },
  {
    name: 'a finished job on redis is forgotten after an hour',
    file: `${BULLMQ}/stored-job.ts`,
    find: 'const COMPLETED_KEPT_S = 24 * HOUR_S',
    replace: 'const COMPLETED_KEPT_S = HOUR_S',
    suite: `${BULLMQ}/stored-job`,
  },
  {
    name: 'two ids become one job on redis',
    file: `${BULLMQ}/stored-job.ts`,
    find: 'encodeURIComponent(deduplicationId.toWellFormed())',
    replace: "deduplicationId.toWellFormed().replaceAll(':', '-')",
    suite: `${BULLMQ}/stored-job`,
  },
  {
    name: 'a wrong password of redis counts as an outage',
    file: `${BULLMQ}/redis-error.ts`,
    find: '(NOAUTH|WRONGPASS|NOPERM|',
    replace: '(NOPERM|',
    suite: `${BULLMQ}/redis-error`,
  },
  {
    name: 'a command to a silent redis waits for ever',
    file: `${BULLMQ}/within.ts`,
    find: 'clock.sleep(limitMs, settled.signal)',
    replace: 'clock.sleep(limitMs * 1_000, settled.signal)',
    suite: `${BULLMQ}/within`,
  },
  {
    name: 'doctor shows the password of redis',
    file: `${BULLMQ}/describe-redis.ts`,
    find: 'const { host } = new URL(url);',
    replace: 'const host = url;',
    suite: `${BULLMQ}/describe-redis`,
  },
  {
    name: 'a job on redis fails for the deaths of its workers',
    file: `${BULLMQ}/bull-worker.ts`,
    find: 'maxStalledCount: Number.MAX_SAFE_INTEGER',
    replace: 'maxStalledCount: 1',
    ...FAULTS,
  },
  {
    name: 'the queue on redis never looks for dead workers',
    file: `${BULLMQ}/bull-worker.ts`,
    find: 'skipLockRenewal: true,',
    replace: 'skipLockRenewal: true,\n      skipStalledCheck: true,',
    ...CONTRACT,
  },
  {
    name: 'the pause before another try on redis is dropped',
    file: `${BULLMQ}/bull-worker.ts`,
    find: 'error instanceof RetryLater ? error.delayMs : -1',
    replace: 'error instanceof RetryLater ? 0 : -1',
    ...CONTRACT,
  },
  {
    name: 'a message that Slack never showed is not asked for again',
    file: `${OWED}.ts`,
    find: 'changedAt > before || ',
    replace: 'message.slack === undefined || changedAt > before || ',
    suite: OWED,
  },
  {
    name: 'a plan whose expiry was lost waits for ever',
    file: 'packages/operations/src/recover-plans.ts',
    find: "  awaiting_approval: 'operations.expire',\n",
    replace: '',
    suite: 'packages/operations/src/recover-plans',
  },
];
