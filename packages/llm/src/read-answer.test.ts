import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readAnswer } from './read-answer.ts';

describe('readAnswer', () => {
  it('keeps an ordinary sentence', () => {
    expect(readAnswer(' The probe fails [E1].\n', false)).toEqual({
      kind: 'answer',
      text: 'The probe fails [E1].',
    });
  });

  it.each(['', ' \n\t', '<think>so</think>', '<think>it never ends', '<thinking>\nwell</thinking>\n '])(
    'calls %j empty',
    (raw) => {
      expect(readAnswer(raw, false)).toEqual({ kind: 'invalid', reason: 'empty' });
    },
  );

  it.each([
    '<think>Is it the probe?</think>\nThe probe fails.',
    'Is it the probe?</think>The probe fails.',
    '<thinking>a</thinking><think>b</think> The probe fails.',
  ])('strips the thinking from %j', (raw) => {
    expect(readAnswer(raw, false)).toEqual({ kind: 'answer', text: 'The probe fails.' });
  });

  it.each([
    'GGGG',
    'GGGG GGGG\nGGGGGG',
    `The pod ${'ab'.repeat(40)}`,
    `Well ${'@@@@'.repeat(30)}`,
    '\u0000\u0001\ufffdab',
  ])('calls %j garbage', (raw) => {
    expect(readAnswer(raw, false)).toEqual({ kind: 'invalid', reason: 'garbage' });
  });

  it('takes whole JSON only where JSON was asked for', () => {
    expect(readAnswer('{"a": [1, 2', true)).toEqual({ kind: 'invalid', reason: 'broken_json' });
    expect(readAnswer('{"a": [1, 2]}', true).kind).toBe('answer');
    expect(readAnswer('<think>x</think>{"a":1}', true)).toEqual({ kind: 'answer', text: '{"a":1}' });
  });

  it('answers for every text, and never with nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (raw, expectsJson) => {
        const reading = readAnswer(raw, expectsJson);
        if (reading.kind === 'answer') expect(reading.text.trim()).not.toBe('');
      }),
    );
  });
});
