import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseDefects } from './choose-defects.ts';
import type { Defect } from './defect.ts';

const defect = (name: string, suite: string): Defect => ({
  name,
  suite,
  file: `${suite}.ts`,
  find: 'a',
  replace: 'b',
});

describe('chooseDefects', () => {
  it('takes everything, or what a word names', () => {
    const all = [defect('a race', 'store'), defect('a leak', 'slack')];
    expect(chooseDefects(all, [])).toEqual(all);
    expect(chooseDefects(all, ['slack'])).toEqual(all.slice(1));
  });

  it('parts all defects into shares, each in exactly one', () => {
    const suites = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 });
    fc.assert(
      fc.property(suites, fc.integer({ min: 1, max: 5 }), (names, parts) => {
        const all = names.map((suite, index) => defect(`defect ${index}`, suite));
        const shares = Array.from({ length: parts }, (_, part) =>
          chooseDefects(all, ['--share', `${part + 1}/${parts}`]),
        );
        const taken = shares.flat().map(({ name }) => name);
        expect(taken.toSorted()).toEqual(all.map(({ name }) => name).toSorted());
      }),
    );
  });

  it.each(['0/3', '4/3', 'half', '1/0'])('refuses the share %s', (share) => {
    expect(() => chooseDefects([], ['--share', share])).toThrow(`--share ${share}`);
  });
});
