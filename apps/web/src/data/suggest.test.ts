import { describe, expect, it } from '@jest/globals';
import { suggest } from './suggest.ts';

describe('suggest', () => {
  it('offers what the server says exists', () => {
    const [first, second] = suggest(['why is web crashing?', 'restart deploy/web -n shop']);
    expect(first).toEqual({ text: 'why is web crashing?', purpose: 'The cause, with evidence' });
    expect(second?.purpose).toContain('until you approve');
  });

  it('offers the form of things when the server offers nothing', () => {
    expect(suggest([]).map(({ text }) => text)).toContain('health');
  });

  it('offers each text once and no more than fit', () => {
    expect(suggest(Array.from({ length: 20 }, () => 'health'))).toHaveLength(1);
    expect(suggest(Array.from({ length: 20 }, (_, index) => `why ${index}`))).toHaveLength(6);
  });
});
