import { type JobRequest, OpsError } from '@jamie/core';
import { aJobRequest } from '@jamie/testing';
import { describe, expect, it } from '@jest/globals';
import { askAgain } from './ask-again.ts';

const jobs = Array.from({ length: 250 }, (_, index) => aJobRequest({ deduplicationId: `job${index}` }));

describe('askAgain', () => {
  it('asks for every job and counts those that the queue had lost', async () => {
    const known = new Set(jobs.slice(0, 100).map(({ deduplicationId }) => deduplicationId));
    const add = async ({ deduplicationId }: JobRequest) => {
      if (known.has(deduplicationId)) return 'duplicate' as const;
      known.add(deduplicationId);
      return 'added' as const;
    };
    expect(await askAgain({ add }, jobs)).toBe(150);
    expect(known.size).toBe(250);
    expect(await askAgain({ add }, jobs)).toBe(0);
  });

  it('passes on that the queue does not answer', async () => {
    const add = () => Promise.reject(new OpsError('unavailable', 'away'));
    await expect(askAgain({ add }, jobs)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
