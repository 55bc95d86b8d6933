import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePlanId, planIdOf } from './ids.ts';

const digest = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });

describe('planIdOf', () => {
  it('gives the same request the same id, one that a person can type back in any case', () => {
    fc.assert(
      fc.property(digest, (hash) => {
        const id = planIdOf(hash);
        expect(planIdOf(hash)).toBe(id);
        expect(parsePlanId(id)).toBe(id);
        expect(parsePlanId(` ${id.toUpperCase()} `)).toBe(id);
      }),
    );
  });

  it('tells digests apart by their first forty bits', () => {
    fc.assert(
      fc.property(digest, digest, (one, other) => {
        expect(planIdOf(one) === planIdOf(other)).toBe(one.slice(0, 10) === other.slice(0, 10));
      }),
    );
  });

  it('spells the bits in Crockford base 32, most significant first', () => {
    expect(planIdOf('0'.repeat(64))).toBe('p-00000000');
    expect(planIdOf(`0000000001${'f'.repeat(54)}`)).toBe('p-00000001');
    expect(planIdOf('f'.repeat(64))).toBe('p-zzzzzzzz');
  });
});

describe('parsePlanId', () => {
  it.each([
    '',
    'p-',
    'p-1234567',
    'p-123456789',
    '12345678',
    'p-1234567u',
    'p-1234567l',
    'p-1234 678',
    'plan-12345678',
  ])('does not take %p for a plan id', (text) => {
    expect(parsePlanId(text)).toBeUndefined();
  });
});
