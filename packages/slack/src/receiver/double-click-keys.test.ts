import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { doubleClickKeys } from './double-click-keys.ts';

const CLICK = { actionId: 'followup.submit.0', subject: ['T1', 'U1', 'C1', '1.1', 'health'] };

function shares(oneAt: number, otherAt: number, other: Partial<typeof CLICK> = {}): boolean {
  const keys = new Set(doubleClickKeys({ ...CLICK, actionTs: String(oneAt) }));
  return doubleClickKeys({ ...CLICK, ...other, actionTs: String(otherAt) }).some((key) => keys.has(key));
}

describe('doubleClickKeys', () => {
  it('knows a second click within a second and a half, and takes one after three seconds as meant', () => {
    const moment = fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 });
    const gap = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(moment, gap, (atMs, gapMs) => {
        const isSame = shares(atMs / 1_000, (atMs + gapMs) / 1_000);
        if (gapMs <= 1_500) expect(isSame).toBe(true);
        if (gapMs > 3_000) expect(isSame).toBe(false);
      }),
    );
  });

  it.each([
    ['another person', { subject: ['T1', 'U2', 'C1', '1.1', 'health'] }],
    ['another message', { subject: ['T1', 'U1', 'C1', '2.2', 'health'] }],
    ['another value', { subject: ['T1', 'U1', 'C1', '1.1', 'pods'] }],
    ['another button', { actionId: 'followup.submit.1' }],
  ])('takes the click of %s for another one', (_what, other) => {
    expect(shares(1_700_000_000, 1_700_000_000.1, other)).toBe(false);
  });

  it.each(['plan.approve', 'plan.deny', 'answer.feedback', 7, undefined])(
    'keeps every click on %p, which asks for nothing',
    (actionId) => {
      expect(doubleClickKeys({ ...CLICK, actionId, actionTs: '1700000000.1' })).toEqual([]);
    },
  );

  it.each(['', 'soon', undefined, null])('keeps a click without a time (%p)', (actionTs) => {
    expect(doubleClickKeys({ ...CLICK, actionTs })).toEqual([]);
  });
});
