import type { KeyRing, Signature, Signer } from '@jamie/core';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

export interface SignerContractOptions {
  readonly name: string;
  readonly create: () => Signer & KeyRing;
  /** A signer with a key that the first does not know. */
  readonly createOther: () => Signer;
}

/** The same text with one bit of one of its characters turned over; a surrogate may come of it. */
function flipBit(text: string, place: number, bit: number): string {
  const index = place % text.length;
  const code = text.charCodeAt(index) ^ (1 << (bit % 16));
  return text.slice(0, index) + String.fromCharCode(code) + text.slice(index + 1);
}

/** What every signer promises. */
export function signerContract({ name, create, createOther }: SignerContractOptions): void {
  describe(`Signer contract: ${name}`, () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    const places = fc.tuple(fc.nat(), fc.nat({ max: 15 }));

    it('knows its own signatures of any text', () => {
      const signer = create();
      fc.assert(
        fc.property(text, (each) => {
          const signature = signer.sign(each);
          expect(signature.keyId).toBe(signer.keyId);
          expect(signer.verify(each, signature)).toBe(true);
        }),
      );
      expect(signer.verify('', signer.sign(''))).toBe(true);
    });

    it('refuses after any single bit of text, value or key id has changed', () => {
      const signer = create();
      fc.assert(
        fc.property(text, places, (each, [place, bit]) => {
          const signature = signer.sign(each);
          const { keyId, value } = signature;
          const tampered: readonly (readonly [string, Signature])[] = [
            [flipBit(each, place, bit), signature],
            [each, { keyId, value: flipBit(value, place, bit) }],
            [each, { keyId: flipBit(keyId, place, bit), value }],
          ];
          for (const [changed, with_] of tampered) expect(signer.verify(changed, with_)).toBe(false);
        }),
        { numRuns: 300 },
      );
    });

    it('refuses another spelling of the same bytes, and anything that is no signature, without throwing', () => {
      const signer = create();
      const { keyId, value } = signer.sign('text');
      const spellings = [
        value.replaceAll('=', ''),
        `${value}\n`,
        ` ${value}`,
        value.slice(0, -4),
        '',
        'no base64!',
      ];
      for (const each of spellings) expect(signer.verify('text', { keyId, value: each })).toBe(false);
    });

    it('refuses the signature of another key, also under its own id', () => {
      const signer = create();
      const foreign = createOther().sign('text');
      expect(signer.verify('text', foreign)).toBe(false);
      expect(signer.verify('text', { ...foreign, keyId: signer.keyId })).toBe(false);
    });

    it('names the key in use first', () => {
      const signer = create();
      expect(signer.keys[0]?.keyId).toBe(signer.keyId);
    });
  });
}
