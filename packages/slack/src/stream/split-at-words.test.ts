import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { escapeMarkdown } from './escape-markdown.ts';
import { splitAtWords } from './split-at-words.ts';

const length = (text: string) => text.length;

describe('splitAtWords', () => {
  it('cuts between words, the space with the word before it', () => {
    expect(splitAtWords('three pods crash again', 13, length)).toEqual(['three pods ', 'crash again']);
  });

  it('cuts a word only where it is longer than a piece, and never a character', () => {
    expect(splitAtWords('a checkout😀', 5, length)).toEqual(['a che', 'ckout', '😀']);
    expect(splitAtWords('', 5, length)).toEqual([]);
  });

  it('loses nothing and keeps to the maximum as it is counted', () => {
    const counted = (text: string) => escapeMarkdown(text).length;
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 20, max: 60 }), (text, maximum) => {
        const pieces = splitAtWords(text, maximum, counted);
        expect(pieces.join('')).toBe(text);
        expect(pieces.filter((piece) => counted(piece) > maximum)).toEqual([]);
      }),
    );
  });
});
