import { describe, expect, it } from '@jest/globals';
import { parseCommand } from '../parse-command.ts';

const PLAN = 'p-4k7d2m9q';

describe('break-glass', () => {
  it('takes a plan and the whole reason', () => {
    expect(parseCommand(`break-glass ${PLAN} checkout is down, for everybody`)).toEqual({
      kind: 'intent',
      intent: { kind: 'break-glass', planId: PLAN, reason: 'checkout is down, for everybody' },
    });
  });

  it.each(['break-glass', `break-glass ${PLAN}`, 'break-glass yesterday because'])('refuses "%s"', (text) => {
    expect(parseCommand(text)).toMatchObject({ kind: 'invalid' });
  });
});

describe('review', () => {
  it('lists what is owed without a plan, and takes the text with one', () => {
    expect(parseCommand('review')).toMatchObject({ intent: { kind: 'review', text: '' } });
    expect(parseCommand(`review ${PLAN} it could not wait`)).toMatchObject({
      intent: { kind: 'review', planId: PLAN, text: 'it could not wait' },
    });
  });
});

describe('delegate', () => {
  it.each([
    ['delegate <@U0B> 8h', { userId: 'U0B', seconds: 28_800, ends: false, reason: '' }],
    [
      'delegate <@U0B|grace> 2d on the train',
      { userId: 'U0B', seconds: 172_800, ends: false, reason: 'on the train' },
    ],
    ['delegate end <@U0B>', { userId: 'U0B', ends: true, reason: '' }],
    ['delegate', { ends: false, reason: '' }],
  ])('reads "%s"', (text, intent) => {
    expect(parseCommand(text)).toEqual({ kind: 'intent', intent: { kind: 'delegate', ...intent } });
  });

  it.each([
    'delegate grace 8h',
    'delegate <@U0B>',
    'delegate <@U0B> soon',
    'delegate end',
    'delegate <@U0B> 5s',
  ])('refuses "%s"', (text) => {
    expect(parseCommand(text)).toMatchObject({ kind: 'invalid' });
  });
});
