import { describe, expect, it } from '@jest/globals';
import { rankMatches } from './rank-matches.ts';

const NAMES = ['api-checkout', 'checkout', 'checkout-worker', 'precheckout', 'payments'];

function ranked(query: string): readonly string[] {
  return rankMatches(NAMES, query, (name) => name);
}

describe('rankMatches', () => {
  it('puts the name itself first, then its beginning, the beginning of a part, and anything in it', () => {
    expect(ranked('CHECKOUT ')).toEqual(['checkout', 'checkout-worker', 'api-checkout', 'precheckout']);
  });

  it('takes words in any order, and leaves out what none of this fits', () => {
    expect(ranked('worker checkout')).toEqual(['checkout-worker']);
    expect(ranked('basket')).toEqual([]);
  });

  it('shows everything while nothing is typed, in the order of the alphabet', () => {
    expect(ranked('')).toEqual(NAMES.toSorted());
  });
});
