import { OpsError } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JOB_CATALOG, type JobDefinition } from './catalog.ts';
import { backoffMs, decideRetry } from './retry-decision.ts';

const backoff = { kind: 'exponential', initialMs: 100, maxMs: 1_000, jitter: 0.5 } as const;
const definition: JobDefinition = {
  ...([...JOB_CATALOG.values()][0] as JobDefinition),
  maxAttempts: 3,
  backoff,
};
const unavailable = new OpsError('unavailable', 'later');

describe('decideRetry', () => {
  it('retries a retryable error while attempts are left', () => {
    expect(decideRetry(unavailable, 1, definition, 0)).toEqual({ kind: 'retry', delayMs: 100 });
    expect(decideRetry(unavailable, 2, definition, 1)).toEqual({ kind: 'retry', delayMs: 100 });
    expect(decideRetry(unavailable, 3, definition, 0)).toEqual({
      kind: 'fail',
      reason: 'attempts_exhausted',
    });
  });

  it('fails at once what cannot succeed', () => {
    const error = new OpsError('forbidden', 'no');
    expect(decideRetry(error, 1, definition, 0)).toEqual({ kind: 'fail', reason: 'not_retryable' });
  });

  it('comes back no earlier than the server said, and no earlier than its own pause', () => {
    const limited = (retryAfterMs: number) => new OpsError('rate_limited', 'slow down', { retryAfterMs });
    expect(decideRetry(limited(5_000), 1, definition, 0)).toEqual({ kind: 'retry', delayMs: 5_000 });
    expect(decideRetry(limited(5), 1, definition, 0)).toEqual({ kind: 'retry', delayMs: 100 });
  });
});

describe('backoffMs', () => {
  it('doubles up to its limit', () => {
    expect([1, 2, 3, 4, 5, 60].map((attempt) => backoffMs(backoff, attempt, 0))).toEqual([
      100, 200, 400, 800, 1_000, 1_000,
    ]);
  });

  it('takes off at most the share that is left to chance', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempt, random) => {
          const whole = backoffMs(backoff, attempt, 0);
          const pause = backoffMs(backoff, attempt, random);
          expect(pause).toBeLessThanOrEqual(whole);
          expect(pause).toBeGreaterThanOrEqual(whole / 2);
        },
      ),
    );
  });
});
