import { describe, expect, it } from '@jest/globals';
import { randomIds, randomToken } from './ids.ts';

describe('randomIds', () => {
  it('mints ids with their prefix, no two alike', () => {
    const ids = Array.from({ length: 1_000 }, () => randomIds.next('req'));
    expect(new Set(ids).size).toBe(1_000);
    for (const id of ids) expect(id).toMatch(/^req_[0-9a-hjkmnp-tv-z]{20}$/);
  });
});

describe('randomToken', () => {
  it('is long, safe in a URL and never the same', () => {
    expect(randomToken()).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(randomToken()).not.toBe(randomToken());
  });
});
