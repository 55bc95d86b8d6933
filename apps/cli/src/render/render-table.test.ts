import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { renderTable } from './render-table.ts';

describe('renderTable', () => {
  it('breaks long cells between words', () => {
    const text = renderTable(['Name', 'Advice'], [['a', 'run the command again with another name']], 34);
    expect(text.split('\n').slice(3, -1)).toEqual([
      expect.stringMatching(/^│ a {4}│ run the command again +│$/),
      expect.stringMatching(/^│ {6}│ with another name +│$/),
    ]);
  });

  it('keeps names whole while anything else can give way', () => {
    const name = 'checkout-worker-54589dbc4-t9kxj';
    const text = renderTable(
      ['Pod', 'What it uses now', 'Note'],
      [[name, '56m', 'no sample: it has ended']],
      64,
    );
    expect(text).toContain(name);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(64);
  });

  it('loses no character and fits the terminal, whatever the cells', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n'), maxLength: 80 });
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 40, max: 120 }), (cells, width) => {
        const text = renderTable(['Q', 'R'], cells, width);
        for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(width);
        const letters = (value: string) =>
          [...value].filter((letter) => letter === 'a' || letter === 'b').length;
        expect(letters(text)).toBe(letters(cells.flat().join('')));
      }),
    );
  });
});
