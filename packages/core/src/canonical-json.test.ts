import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.ts';
import { isOpsError } from './errors.ts';

describe('canonicalJson', () => {
  it('sorts keys at every depth and writes no white space', () => {
    expect(canonicalJson({ b: [{ d: 1, c: 'x y' }], a: null })).toBe('{"a":null,"b":[{"c":"x y","d":1}]}');
  });

  it('sorts by UTF-16 code unit, as RFC 8785 does', () => {
    // The last key starts with a surrogate (0xd83d), which sorts before 0xfb33 although its code point is larger.
    const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33'];
    expect(Object.keys(JSON.parse(canonicalJson(keys)))).toEqual([
      '1',
      ...sorted.filter((key) => key !== '1'),
    ]);
    const positions = sorted.map((key) => canonicalJson(keys).indexOf(JSON.stringify(key)));
    expect(positions).toEqual(positions.toSorted((one, other) => one - other));
  });

  it('leaves undefined members out and keeps the places of an array', () => {
    expect(canonicalJson({ a: undefined, b: [undefined, 1] })).toBe('{"b":[null,1]}');
  });

  it('writes numbers as JSON does', () => {
    expect(canonicalJson([1e21, 1e-7, -0, 4.5, 333333333.3333333])).toBe(
      '[1e+21,1e-7,0,4.5,333333333.3333333]',
    );
  });

  it('reads back as the value it was made of', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('does not depend on the order in which keys were added', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(withKeysReversed(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('differs where the values differ', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        const areEqual = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        expect(canonicalJson(one) === canonicalJson(other)).toBe(areEqual);
      }),
    );
  });

  it.each([
    ['NaN', Number.NaN],
    ['an infinity', Number.NEGATIVE_INFINITY],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a bigint', 1n],
  ])('refuses %s, wherever it stands', (_what, value) => {
    for (const holder of [value, [value], { member: { deeper: value } }]) {
      expect(codeOf(() => canonicalJson(holder))).toBe('invalid_input');
    }
  });

  it('refuses a cycle, but not the same object twice', () => {
    const shared = { a: 1 };
    expect(canonicalJson([shared, shared])).toBe('[{"a":1},{"a":1}]');
    const cycle: Record<string, unknown> = {};
    cycle['self'] = { cycle };
    expect(codeOf(() => canonicalJson(cycle))).toBe('invalid_input');
  });
});

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return isOpsError(error) ? error.code : 'not ours';
  }
  return 'nothing thrown';
}

function withKeysReversed(value: unknown): unknown {
  return rebuild(value, (entries) => entries.reverse());
}

function sorted(value: unknown): unknown {
  return rebuild(value, (entries) => entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function rebuild(value: unknown, order: (entries: [string, unknown][]) => [string, unknown][]): unknown {
  if (Array.isArray(value)) return value.map((item) => rebuild(item, order));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    order(Object.entries(value)).map(([key, member]) => [key, rebuild(member, order)]),
  );
}
