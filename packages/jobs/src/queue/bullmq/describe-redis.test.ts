import { OpsError } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { describeRedis } from './describe-redis.ts';

const URL = 'rediss://ada:hunter2-canary@redis.example.com:6380/1';

describe('describeRedis', () => {
  it.each([
    [{ evictionPolicy: 'noeviction', appendsToFile: true }, 'ok', /noeviction/],
    [{ evictionPolicy: 'noeviction', appendsToFile: false }, 'warning', /a restart loses what waits/],
    [{ evictionPolicy: undefined, appendsToFile: undefined }, 'warning', /does not say/],
    [{ evictionPolicy: 'allkeys-lru', appendsToFile: true }, 'failed', /allkeys-lru/],
  ] as const)('tells of %j that it is %s', async (facts, status, detail) => {
    const result = await describeRedis(URL, async () => facts);
    expect(result).toMatchObject({ name: 'Redis', status, detail: expect.stringMatching(detail) });
    expect(result.mend === '').toBe(status === 'ok');
  });

  it('tells of a server that does not answer, what becomes of the work', async () => {
    const result = await describeRedis(URL, () =>
      Promise.reject(new OpsError('unavailable', 'redis does not answer')),
    );
    expect(result).toMatchObject({ status: 'failed', detail: expect.stringContaining('stored and wait') });
  });

  it('names the host and never the password', async () => {
    const result = await describeRedis(URL, () => Promise.reject(new Error('gone')));
    expect(JSON.stringify(result)).toContain('redis.example.com:6380');
    expect(JSON.stringify(result)).not.toContain('canary');
  });
});
