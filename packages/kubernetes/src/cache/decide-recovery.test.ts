import { OpsError } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { backoffMs, decideRecovery } from './decide-recovery.ts';

describe('decideRecovery', () => {
  it.each([
    [new OpsError('unavailable', 'gone', { details: { status: 410 } }), { kind: 'relist', reason: 'gone' }],
    [new OpsError('forbidden', 'no'), { kind: 'retry_slowly', reason: 'forbidden' }],
    [new OpsError('not_found', 'no'), { kind: 'retry_slowly', reason: 'not_served' }],
    [
      new OpsError('rate_limited', 'slow down', { retryAfterMs: 3_000, details: { status: 429 } }),
      { kind: 'wait_for_cluster', reason: 'unavailable', retryAfterMs: 3_000 },
    ],
    [
      new OpsError('rate_limited', 'slow down', { retryAfterMs: 9e9, details: { status: 429 } }),
      { kind: 'wait_for_cluster', reason: 'unavailable', retryAfterMs: 60_000 },
    ],
    [new OpsError('timeout', 'late'), { kind: 'wait_for_cluster', reason: 'timeout', retryAfterMs: 0 }],
    [
      new OpsError('unavailable', 'reset', { details: { vendorCode: 'ECONNRESET' } }),
      { kind: 'wait_for_cluster', reason: 'unavailable', retryAfterMs: 0 },
    ],
    [
      new OpsError('unavailable', 'broken', { details: { status: 500 } }),
      { kind: 'back_off', reason: 'unavailable', delayMs: 500 },
    ],
    [new OpsError('unavailable', 'garbage'), { kind: 'back_off', reason: 'unavailable', delayMs: 500 }],
    [new OpsError('internal', 'a defect'), { kind: 'back_off', reason: 'unavailable', delayMs: 500 }],
  ])('answers %s', (error, recovery) => {
    expect(decideRecovery(error, 1, 0)).toEqual(recovery);
  });

  it('lists anew at once after the first 410 only', () => {
    const gone = new OpsError('unavailable', 'gone', { details: { status: 410 } });
    expect(decideRecovery(gone, 2, 0).kind).toBe('back_off');
  });
});

describe('backoffMs', () => {
  it('doubles from half a second up to its limit', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 99].map((failures) => backoffMs(failures, 0, 30_000))).toEqual([
      500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
    expect(backoffMs(1, 1, 30_000)).toBe(625);
  });
});
