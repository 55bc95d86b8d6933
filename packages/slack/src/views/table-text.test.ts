import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { layOutTable } from './table-text.ts';

const PODS = ['Pod', 'Ready', 'Status', 'Restarts', 'Age'];
const linesOf = (columns: readonly string[], rows: readonly (readonly string[])[]) =>
  layOutTable(columns, rows).text.split('\n');

describe('layOutTable', () => {
  it('aligns columns, numbers on the right', () => {
    const rows = [
      ['checkout-7d9f8c6b5-x2x9p', '0/1', 'CrashLoopBackOff', '12', '3d4h'],
      ['cart-1', '10/10', 'Running', '-', '45m'],
    ];
    expect(linesOf(PODS, rows)).toEqual([
      'Pod                       Ready  Status            Restarts   Age',
      'checkout-7d9f8c6b5-x2x9p    0/1  CrashLoopBackOff        12  3d4h',
      'cart-1                    10/10  Running                  -   45m',
    ]);
  });

  it('takes a column for numbers only when every value is one', () => {
    expect(linesOf(['A', 'B'], [['x', '1'], ['y', 'two']])[1]).toBe('x  1'); // biome-ignore format: short
  });

  it('never lets a line wrap: the last columns of text give way first, numbers last', () => {
    const name = `checkout-${'a'.repeat(20)}-x2x9p`;
    const message = 'Back-off restarting failed container app in pod checkout '.repeat(4);
    const [head, row] = linesOf(
      ['Object', 'Reason', 'Count', 'Message'],
      [[name, 'BackOff', '1234567', message]],
    );
    expect(head?.length).toBeLessThanOrEqual(110);
    expect(row).toHaveLength(110);
    expect(row).toContain(name);
    expect(row).toContain('1234567');
    expect(row).toMatch(/Back-off .*…$/u);
  });

  it('cuts a name in its middle, because names differ at their ends', () => {
    const row = linesOf(['Pod', 'Node'], [[`start${'m'.repeat(90)}end`, `node${'n'.repeat(90)}7`]])[1];
    expect(row).toMatch(/^start.*end {2}node.*…n+7$/u);
  });

  it('shows twenty rows and says how many more there are', () => {
    const rows = Array.from({ length: 57 }, (_, index) => [`pod-${index}`, '1']);
    const { text, notes } = layOutTable(['Pod', 'Restarts'], rows);
    expect(text.split('\n')).toHaveLength(21);
    expect(notes).toEqual([
      '37 more rows are not shown. Ask for the next page or a narrower target to see the rest.',
    ]);
    expect(layOutTable(['Pod'], rows.slice(0, 21)).notes[0]).toMatch(/^1 more row is not shown/u);
    expect(layOutTable(['Pod'], rows.slice(0, 20)).notes).toEqual([]);
  });

  it('shows no more columns than fit and says how many there are', () => {
    const row = Array.from({ length: 15 }, (_, index) => `value ${index} is long`);
    const { text, notes } = layOutTable(row, [row]);
    expect(text.split('\n')[1]?.match(/value/gu)).toHaveLength(12);
    expect(notes).toEqual(['3 more columns are not shown. Ask about one object to see the rest.']);
  });

  it('leaves out a column without a value, and cuts headings before values', () => {
    const headings = ['Node', 'CPU', 'CPU allocatable '.repeat(8), 'Note'];
    const [head, row] = linesOf(headings, [['demo-worker-4', '829m (21%)', '3920m', '']]);
    expect(head).toMatch(/^Node {11}CPU .*…$/u);
    expect(head).not.toContain('Note');
    expect(row).toMatch(/^demo-worker-4 {2}829m \(21%\) +3920m$/u);
  });

  it('keeps any table within its lines, its width and its columns, and says what is missing', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('x'.repeat(300), 'many words '.repeat(30), '42', '99%', '', '\t\n', '\u202e\ud800'),
    );
    const row = fc.array(cell, { maxLength: 20 });
    fc.assert(
      fc.property(row, fc.array(row, { maxLength: 40 }), (columns, rows) => {
        const { text, notes } = layOutTable(columns, rows);
        const lines = text.split('\n');
        expect(lines).toHaveLength(1 + Math.min(rows.length, 20));
        expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(110);
        expect(text.isWellFormed()).toBe(true);
        expect(notes.some((note) => note.includes('row'))).toBe(rows.length > 20);
        expect((lines[0] ?? '').split(/ {2,}/u).length).toBeLessThanOrEqual(12);
      }),
    );
  });
});
