const SUFFIX_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** Repeatable randomness: the same seed gives the same names, uids and delays. Not for secrets. */
export interface RandomSource {
  /** A float from 0 (inclusive) to 1 (exclusive). */
  fraction(): number;
  /** Lowercase letters and digits, as the API server appends to generateName. */
  suffix(length: number): string;
  /** A version 4 UUID. */
  uuid(): string;
}

/** Makes a source from a 32-bit seed (mulberry32). */
export function createRandomSource(seed: number): RandomSource {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const pick = (alphabet: string): string => alphabet.charAt(Math.floor(fraction() * alphabet.length));
  const text = (alphabet: string, length: number): string =>
    Array.from({ length }, () => pick(alphabet)).join('');
  return {
    fraction,
    suffix: (length) => text(SUFFIX_ALPHABET, length),
    uuid: () => {
      const hex = text('0123456789abcdef', 30);
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${pick('89ab')}${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
    },
  };
}
