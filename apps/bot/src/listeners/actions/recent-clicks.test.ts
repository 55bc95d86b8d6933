import { describe, expect, it } from '@jest/globals';
import type { Click } from './read-click.ts';
import { createRecentClicks } from './recent-clicks.ts';

const click: Click = {
  workspaceId: 'T1',
  teamId: 'T1',
  userId: 'U1',
  channelId: 'C1',
  threadTs: '1.0',
  messageTs: '2.0',
  actionId: 'choice.submit',
  triggerId: '',
  value: 'why deploy/cart',
  at: 1_000_000,
};

describe('createRecentClicks', () => {
  it('takes a double click for one click, and a later one for another', () => {
    const clicks = createRecentClicks();
    expect(clicks.standsFor(click, 'first')).toBe('first');
    expect(clicks.standsFor({ ...click, at: 1_002_999 }, 'second')).toBe('first');
    expect(clicks.standsFor({ ...click, at: 1_003_001 }, 'third')).toBe('third');
  });

  it.each<Partial<Click>>([{ userId: 'U2' }, { value: 'why deploy/basket' }, { messageTs: '3.0' }])(
    'keeps apart what differs in %j',
    (part) => {
      const clicks = createRecentClicks();
      clicks.standsFor(click, 'first');
      expect(clicks.standsFor({ ...click, ...part }, 'second')).toBe('second');
    },
  );

  it('takes a delivery that is handled again for itself, also without a time', () => {
    const clicks = createRecentClicks();
    const timeless = { ...click, at: Number.NaN };
    expect(clicks.standsFor(timeless, 'first')).toBe('first');
    expect(clicks.standsFor(timeless, 'second')).toBe('second');
    clicks.standsFor(click, 'third');
    expect(clicks.standsFor(click, 'third')).toBe('third');
  });
});
