import { OpsError } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import { backoffMs, decideRecovery, isAnswer, type Standing } from './decide-recovery.ts';

const FIRST: Standing = { failures: 1, wasReadable: true, refusedForMs: 0 };
const FORBIDDEN = new OpsError('forbidden', 'no', { details: { status: 403 } });

describe('decideRecovery', () => {
  it.each([
    [new OpsError('unavailable', 'gone', { details: { status: 410 } }), { kind: 'relist', reason: 'gone' }],
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
    expect(decideRecovery(error, FIRST, 0)).toEqual(recovery);
  });

  it('lists anew at once after the first 410 only', () => {
    const gone = new OpsError('unavailable', 'gone', { details: { status: 410 } });
    expect(decideRecovery(gone, { ...FIRST, failures: 2 }, 0).kind).toBe('back_off');
  });
});

describe('a refusal', () => {
  it.each([
    ['is doubted at first, when the kind could be read before', FIRST, 'wait_for_cluster'],
    ['is doubted for a minute', { ...FIRST, failures: 20, refusedForMs: 59_999 }, 'wait_for_cluster'],
    ['is believed after a minute', { ...FIRST, failures: 21, refusedForMs: 60_000 }, 'retry_slowly'],
    [
      'is believed at once, when the kind never could be read',
      { ...FIRST, wasReadable: false },
      'retry_slowly',
    ],
  ])('%s', (_what, standing, kind) => {
    expect(decideRecovery(FORBIDDEN, standing, 0)).toMatchObject({ kind, reason: 'forbidden' });
  });
});

describe('isAnswer', () => {
  it.each([
    ['a lost history', new OpsError('unavailable', 'gone', { details: { status: 410 } }), FIRST, true],
    ['a kind that is not served', new OpsError('not_found', 'no'), FIRST, true],
    ['a refusal that is believed', FORBIDDEN, { ...FIRST, wasReadable: false }, true],
    ['a refusal that is doubted', FORBIDDEN, FIRST, false],
    ['an overload', new OpsError('rate_limited', 'slow down'), FIRST, false],
    ['a broken connection', new OpsError('unavailable', 'reset'), FIRST, false],
    ['a defect', new TypeError('undefined is not a function'), FIRST, false],
  ])('says of %s whether the cluster is well', (_what, error, standing, expected) => {
    expect(isAnswer(error, standing)).toBe(expected);
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
