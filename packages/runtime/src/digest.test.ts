import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { equalSecrets, sha256 } from './digest.ts';

describe('sha256', () => {
  it('is the digest of the UTF-8 text in lowercase hexadecimal', () => {
    // FIPS 180-4 example for "abc".
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256('ü')).toBe(sha256('\u00fc'));
  });
});

describe('equalSecrets', () => {
  it('agrees with string equality', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => equalSecrets(a, b) === (a === b) && equalSecrets(a, a)),
    );
  });
});
