import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readAddress } from './read-address.ts';

describe('readAddress', () => {
  it('lower-cases, and keeps plus addressing and dots as they are', () => {
    expect(readAddress('Ada.L+Oncall@Example.COM')).toEqual({
      kind: 'address',
      address: 'ada.l+oncall@example.com',
      local: 'ada.l+oncall',
      domain: 'example.com',
    });
  });

  it.each([
    ['a Cyrillic letter that looks like ours', 'ada@exаmple.com', 'not_ascii'],
    ['a full-width sign that folds to ours', 'ada＠example.com', 'not_ascii'],
    ['a ligature that folds to ours', 'ﬁnn@example.com', 'not_ascii'],
    ['an invisible character', 'ada@exam\u200bple.com', 'not_ascii'],
    ['a space', ' ada@example.com', 'not_ascii'],
    ['a line break', 'ada@example.com\nImpersonate-Group: system:masters', 'not_ascii'],
    ['nothing', '', 'not_one_at'],
    ['no @', 'example.com', 'not_one_at'],
    ['two @', 'ada@evil.example@example.com', 'not_one_at'],
    ['a trailing dot', 'ada@example.com.', 'not_plain'],
    ['a dot before the @', 'ada.@example.com', 'not_plain'],
    ['two dots', 'ada..l@example.com', 'not_plain'],
    ['an empty local part', '@example.com', 'not_plain'],
    ['quotes', '"ada"@example.com', 'not_plain'],
    ['a colon, as in system: users', 'system:admin@example.com', 'not_plain'],
    ['an address in brackets', 'ada@[127.0.0.1]', 'not_plain'],
    ['a comment', 'ada(x)@example.com', 'not_plain'],
    ['a slash', 'ada/..@example.com', 'not_plain'],
    ['a name that is too long', `${'a'.repeat(65)}@example.com`, 'not_plain'],
  ])('refuses %s', (_what, text, reason) => {
    expect(readAddress(text)).toEqual({ kind: 'refused', reason });
  });

  it('reads an address that it gave back as the same address, and gives back nothing but plain ASCII', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.emailAddress(),
      fc.stringMatching(/^[A-Za-z0-9.+_-]{1,8}@[A-Za-z0-9.-]{1,12}$/),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const reading = readAddress(text);
        if (reading.kind === 'refused') return;
        expect(readAddress(reading.address)).toEqual(reading);
        expect(reading.address).toBe(text.toLowerCase());
        expect(reading.address).toMatch(/^[a-z0-9._+'-]+@[a-z0-9.-]+$/);
      }),
    );
  });
});
