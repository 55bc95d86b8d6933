import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseServerJson } from './parse-server-json.ts';

describe('parseServerJson', () => {
  it('makes characters visible that turn, hide or overwrite text', () => {
    const sent = JSON.stringify({ lines: ['replicas: \u202e5\u202c', 'a\u001b[2Kb', 'x\u200by', 'r\rs'] });
    expect(parseServerJson(sent)).toEqual({
      lines: ['replicas: ⟨U+202E⟩5⟨U+202C⟩', 'a⟨U+001B⟩[2Kb', 'x⟨U+200B⟩y', 'r⟨U+000D⟩s'],
    });
  });

  it('leaves every other text alone, whatever its script', () => {
    const plain = fc
      .string({ unit: 'grapheme' })
      .filter(
        (text) => !/[^\P{Cc}\t\n]|\p{Bidi_Control}|[\u200b\u2028\u2029\u2060-\u206f\ufeff]/u.test(text),
      );
    fc.assert(fc.property(plain, (text) => expect(parseServerJson(JSON.stringify([text]))).toEqual([text])));
    expect(parseServerJson('["tab\\tand\\nline 👩‍🚀 שלום"]')).toEqual(['tab\tand\nline 👩‍🚀 שלום']);
  });

  it('has nothing to say about what is not JSON', () => {
    expect(parseServerJson('<html>')).toBeUndefined();
  });
});
