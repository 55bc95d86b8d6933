import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { estimateTokens, fewestTokens } from './count-tokens.ts';

describe('estimateTokens', () => {
  // Right-hand sides: tokens by the Llama 3 tokeniser's rules, counted by hand as a floor.
  it.each([
    ['The quick brown fox jumps over the lazy dog.', 10],
    ['2026-01-15T12:00:00Z', 11],
    ['payments/checkout-7d9f8b6c5-x2x4z', 14],
    ['日本語のログ', 6],
    ['💥💥', 4],
  ])('is not below what %j takes', (text, tokens) => {
    expect(estimateTokens([text])).toBeGreaterThanOrEqual(tokens);
  });

  it('counts each message with its frame', () => {
    expect(estimateTokens(['', ''])).toBe(16);
  });

  it('is never below the fewest tokens, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 200 })), (texts) => {
        expect(estimateTokens(texts)).toBeGreaterThanOrEqual(fewestTokens(texts));
      }),
    );
  });

  it('grows with every text that is added', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        (one, more) => {
          expect(estimateTokens([one, more])).toBeGreaterThan(estimateTokens([one]));
        },
      ),
    );
  });
});

describe('fewestTokens', () => {
  it('stays below one token per word of plain English', () => {
    expect(fewestTokens(['The pod restarts because its probe fails'])).toBe(4);
  });
});
