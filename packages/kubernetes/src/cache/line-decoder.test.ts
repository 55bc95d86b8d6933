import { isOpsError } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LineDecoder } from './line-decoder.ts';

function cut(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...new Set(cuts.map((at) => at % (bytes.byteLength + 1)))].sort(
    (one, other) => one - other,
  );
  return [0, ...places].map((start, index) => bytes.subarray(start, places[index] ?? bytes.byteLength));
}

describe('LineDecoder', () => {
  it('gives the same lines however the bytes are cut into chunks', () => {
    const line = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\n'));
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat()), (lines, cuts) => {
        const decoder = new LineDecoder(1_000_000);
        const bytes = new TextEncoder().encode(lines.map((text) => `${text}\n`).join(''));
        expect(cut(bytes, cuts).flatMap((chunk) => decoder.push(chunk))).toEqual(lines);
      }),
    );
  });

  it('keeps an unfinished line to itself', () => {
    const decoder = new LineDecoder(100);
    expect(decoder.push(new TextEncoder().encode('a\n\nb'))).toEqual(['a']);
    expect(decoder.push(new TextEncoder().encode('c\n'))).toEqual(['bc']);
  });

  it('refuses a line beyond its cap before it has ended', () => {
    const decoder = new LineDecoder(10);
    decoder.push(Buffer.alloc(9, 97));
    let error: unknown;
    try {
      decoder.push(Buffer.alloc(9, 97));
    } catch (thrown) {
      error = thrown;
    }
    expect(isOpsError(error, 'unavailable')).toBe(true);
  });
});
