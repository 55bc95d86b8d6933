import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkLimits } from './limits.ts';

const QUIET = { byPersonToday: 0, inChannelToday: 0, today: 0, openOfPerson: 0 };

describe('checkLimits', () => {
  it.each([
    ['per_person', { perPersonPerDay: 3 }, { ...QUIET, byPersonToday: 3 }],
    ['per_channel', { perChannelPerDay: 3 }, { ...QUIET, inChannelToday: 3 }],
    ['per_day', { perDay: 3 }, { ...QUIET, today: 3 }],
    ['open_per_person', { openPerPerson: 3 }, { ...QUIET, openOfPerson: 3 }],
  ] as const)('refuses one more at the limit %s, and says how many there are', (limit, limits, usage) => {
    expect(checkLimits(limits, usage)).toMatchObject({
      kind: 'exceeded',
      limit,
      message: expect.stringMatching(/\b3\b/),
    });
  });

  it('lets people ask below their limits, and without any as often as they like', () => {
    const count = fc.integer({ min: 0, max: 50 });
    const usage = fc.record({
      byPersonToday: count,
      inChannelToday: count,
      today: count,
      openOfPerson: count,
    });
    fc.assert(
      fc.property(usage, (used) => {
        expect(checkLimits({}, used)).toEqual({ kind: 'within' });
        const above = { perPersonPerDay: 51, perChannelPerDay: 51, perDay: 51, openPerPerson: 51 };
        expect(checkLimits(above, used)).toEqual({ kind: 'within' });
      }),
    );
  });
});
