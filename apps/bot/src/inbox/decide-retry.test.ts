import { OpsError } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { decideRetry } from './decide-retry.ts';

const unavailable = new OpsError('unavailable', 'the disk is full');

describe('decideRetry', () => {
  it('waits longer from attempt to attempt, but never longer than half a minute', () => {
    const delays = [0, 1, 2, 20].map((attempt) => decideRetry(unavailable, attempt, 0));
    expect(delays).toEqual([500, 1_000, 2_000, 30_000].map((delayMs) => ({ kind: 'retry', delayMs })));
  });

  it('waits at least as long as it was asked to', () => {
    const limited = new OpsError('rate_limited', 'slow down', { retryAfterMs: 45_000 });
    expect(decideRetry(limited, 0, 0)).toEqual({ kind: 'retry', delayMs: 45_000 });
  });

  it('gives up what trying again cannot mend', () => {
    expect(decideRetry(new OpsError('forbidden', 'no'), 0, 0)).toEqual({
      kind: 'give_up',
      reason: 'cannot_help',
    });
  });

  it('gives up after ten minutes, when the person should know', () => {
    expect(decideRetry(unavailable, 30, 600_000).kind).toBe('retry');
    expect(decideRetry(unavailable, 30, 600_001)).toEqual({ kind: 'give_up', reason: 'too_long' });
  });
});
