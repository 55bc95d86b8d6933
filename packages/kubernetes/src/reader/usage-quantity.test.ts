import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseGoDuration, parseMeasure } from './usage-quantity.ts';

describe('parseMeasure', () => {
  it.each([
    ['0', 0],
    ['2473491n', 0.002473491],
    ['120u', 0.00012],
    ['250m', 0.25],
    ['570m', 0.57],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['1.', 1],
    ['3k', 3_000],
    ['129M', 129_000_000],
    ['129e6', 129_000_000],
    ['1E3', 1_000],
    ['2E', 2e18],
    ['123Ki', 123 * 1024],
    ['64Mi', 64 * 1024 ** 2],
    ['1.5Gi', 1.5 * 1024 ** 3],
    [7, 7],
  ])('reads %j', (text, value) => {
    expect(parseMeasure(text)).toBeCloseTo(value, 12);
  });

  it.each([
    '',
    ' ',
    'm',
    '1 Mi',
    '1mi',
    '1KI',
    '-1',
    '1e',
    '1ee3',
    '1e9999',
    'NaN',
    null,
    undefined,
    {},
    -1,
    Number.NaN,
  ])('reads nothing in %j', (text) => {
    expect(parseMeasure(text)).toBeUndefined();
  });

  it('never gives anything but a number from 0 up, or nothing', () => {
    const property = fc.property(fc.anything(), (value) => {
      const read = parseMeasure(value);
      expect(read === undefined || (Number.isFinite(read) && read >= 0)).toBe(true);
    });
    fc.assert(property);
  });
});

describe('parseGoDuration', () => {
  it.each([
    ['30s', 30_000],
    ['19.4s', 19_400],
    ['1m0s', 60_000],
    ['1h2m3.5s', 3_723_500],
    ['250ms', 250],
    ['0s', 0],
  ])('reads %s', (text, ms) => {
    expect(parseGoDuration(text)).toBe(ms);
  });

  it.each(['', '5', 's', '1 s', '1s!', null, 3])('reads nothing in %j', (text) => {
    expect(parseGoDuration(text)).toBeUndefined();
  });
});
