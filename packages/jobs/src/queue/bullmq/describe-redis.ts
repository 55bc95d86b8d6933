import { type CheckResult, toOpsError } from '@jamie/core';
import { judgeRedis, type RedisFacts } from './redis-facts.ts';

const NAME = 'Redis';
const KEEP = 'Set appendonly yes and appendfsync everysec on that server.';

/** One line for doctor: where the queue lives, and whether it is kept there. Names host and port only. */
export async function describeRedis(url: string, readFacts: () => Promise<RedisFacts>): Promise<CheckResult> {
  const { host } = new URL(url);
  let facts: RedisFacts;
  try {
    facts = await readFacts();
  } catch (error) {
    const { message } = toOpsError(error);
    return {
      name: NAME,
      status: 'failed',
      detail: `${host}: ${message}; requests are stored and wait`,
      mend: 'Start Redis, or mend REDIS_URL.',
    };
  }
  const verdict = judgeRedis(facts);
  switch (verdict.kind) {
    case 'sound':
      return { name: NAME, status: 'ok', detail: `${host}, noeviction, append-only file`, mend: '' };
    case 'refused':
      return {
        name: NAME,
        status: 'failed',
        detail: `${host} may throw jobs away when its memory is full (maxmemory-policy ${verdict.policy})`,
        mend: 'Set maxmemory-policy noeviction on that server.',
      };
    case 'at_risk':
      return {
        name: NAME,
        status: 'warning',
        detail:
          verdict.reason === 'no_append_file'
            ? `${host} keeps no append-only file: a restart loses what waits, and the sweeps ask for it again`
            : `${host} does not say how it keeps jobs`,
        mend: KEEP,
      };
  }
}
