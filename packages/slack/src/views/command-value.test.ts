import type { MessageId, Reply } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findOfferedCommand, formatCommandValue, parseCommandValue } from './command-value.ts';

const messageId = 'm_r_0123456789abcdef01234567_answer' as MessageId;
const place = { messageId, part: 'choice', index: 7 } as const;
const LONG = `logs deploy/checkout -n payments --grep ${'timeout'.repeat(20)}`;

function replyWith(command: string): Reply {
  const options = Array.from({ length: 8 }, (_, index) => ({
    label: `${index}`,
    command: index === 7 ? command : 'health',
  }));
  const choice = { prompt: 'Which?', options };
  return { tone: 'answer', headline: 'x', sections: [], proposals: [], choice, followUps: options };
}

describe('the value of an offer', () => {
  it('is the command itself where that fits', () => {
    expect(formatCommandValue('why deploy/cart -n shop', place, 75)).toBe('why deploy/cart -n shop');
    expect(parseCommandValue('why deploy/cart -n shop')).toEqual({
      kind: 'command',
      command: 'why deploy/cart -n shop',
    });
  });

  it.each([LONG, 'logs cart --grep "<error> & co"', 'ask who is @here', '#1 is not a command', 'ask 🐟?'])(
    'is a reference to the stored message for %j',
    (command) => {
      for (const part of ['choice', 'followUp'] as const) {
        const value = formatCommandValue(command, { ...place, part }, 75);
        expect(value?.length).toBeLessThanOrEqual(75);
        const parsed = parseCommandValue(value);
        expect(parsed).toMatchObject({ kind: 'reference', place: { ...place, part } });
        if (parsed?.kind !== 'reference') throw new Error('no reference');
        expect(findOfferedCommand(replyWith(command), parsed)).toBe(command);
        expect(findOfferedCommand(replyWith('scale cart 0'), parsed)).toBeUndefined();
      }
    },
  );

  it('resolves to nothing where the reply offers nothing', () => {
    const parsed = parseCommandValue(formatCommandValue(LONG, place, 75));
    if (parsed?.kind !== 'reference') throw new Error('no reference');
    const bare: Reply = { tone: 'answer', headline: 'x', sections: [], proposals: [] };
    expect(findOfferedCommand(bare, parsed)).toBeUndefined();
  });

  it('leads back to the command, whatever it is, and fits into its place', () => {
    const command = fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }), fc.string());
    fc.assert(
      fc.property(command, (given) => {
        const value = formatCommandValue(given, place, 75) ?? '';
        expect(value.length).toBeLessThanOrEqual(75);
        expect(value).not.toMatch(/[<>&@]/u);
        const parsed = parseCommandValue(value);
        const read =
          parsed?.kind === 'reference' ? findOfferedCommand(replyWith(given), parsed) : parsed?.command;
        expect(read).toBe(given);
      }),
    );
  });

  it.each([undefined, 7, '', '#', '#c', '#cm:1', `#c${messageId}:1:xyz`, `#x${messageId}:1:01234567`])(
    'is not %p',
    (value) => {
      expect(parseCommandValue(value)).toBeUndefined();
    },
  );

  it('cannot refer to a message whose id has no place in it', () => {
    const other = { ...place, messageId: 'x'.repeat(51) as MessageId };
    expect(formatCommandValue(LONG, other, 75)).toBeUndefined();
  });
});
