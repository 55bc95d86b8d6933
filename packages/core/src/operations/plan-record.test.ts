import { describe, expect, it } from '@jest/globals';
import { isTerminal, PLAN_STATUSES } from './plan-record.ts';

describe('isTerminal', () => {
  it('holds for exactly the statuses in which nothing more is to happen', () => {
    expect(PLAN_STATUSES.filter(isTerminal)).toEqual([
      'succeeded',
      'denied',
      'expired',
      'cancelled',
      'stale',
      'refused',
      'failed',
      'rolled_back',
      'rollback_failed',
      'inconclusive',
    ]);
  });
});
