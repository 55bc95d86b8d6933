/** Wider lines wrap in Slack's message column and are unreadable. */
const LINE_CHARACTERS = 110;
const SHOWN_ROWS = 20;
/** As many as fit into a line when each is at its narrowest. */
const SHOWN_COLUMNS = 12;
const GAP = '  ';
/** How narrow columns of text become, step by step, before those of numbers are touched. */
const TEXT_FLOORS = [40, 32, 24, 18, 12, 6];
/** A heading that is shorter is not worth cutting. */
const HEADING_FLOOR = 10;
const NARROWEST = 6;
const NUMBER = /^[-+~<>]?\d[\d.,]*(?:\/\d+)?\s?(?:%|[A-Za-zµ]{1,3}(?:\d+[A-Za-z]{1,2})*)?$/u;
const NO_VALUE: ReadonlySet<string> = new Set(['', '-', '–', '—', '?', 'n/a']);

/** A table as lines of fixed-width text, and what was left out of it, in words. */
export interface TableText {
  readonly text: string;
  readonly notes: readonly string[];
}

/**
 * Lays a table out in aligned columns; one without a single value is left out. Pure. No line is longer than 110
 * characters: where that needs cutting, headings give way before values, columns of text before those of numbers
 * (which stand on the right), long ones before short ones, and the last before the first: the order of columns is
 * their priority. A name is cut in its middle, because names differ at their ends.
 */
export function layOutTable(columns: readonly string[], rows: readonly (readonly string[])[]): TableText {
  const body = rows.slice(0, SHOWN_ROWS).map((row) => row.map(clean));
  const filled = filledColumns(columns.length, body);
  const shown = filled.slice(0, SHOWN_COLUMNS).map((index) =>
    toColumn(
      clean(columns[index] ?? ''),
      body.map((row) => row[index] ?? ''),
    ),
  );
  const widths = fitWidths(shown);
  const line = (cellOf: (column: Column, width: number) => string) =>
    shown
      .map((column, index) => pad(cellOf(column, widths[index] ?? 0), widths[index] ?? 0, column.isNumber))
      .join(GAP)
      .trimEnd();
  const lines = [
    line(({ heading }, width) => cut(heading, width)),
    ...[...body.keys()].map((row) => line(({ cells }, width) => cutCell(cells[row] ?? '', width))),
  ];
  return {
    text: lines.join('\n'),
    notes: [
      ...leftOut(rows.length - body.length, 'row', 'Ask for the next page or a narrower target'),
      ...leftOut(filled.length - shown.length, 'column', 'Ask about one object'),
    ],
  };
}

interface Column {
  readonly heading: string;
  readonly cells: readonly string[];
  readonly isNumber: boolean;
}

function toColumn(heading: string, cells: readonly string[]): Column {
  const values = cells.filter((cell) => !NO_VALUE.has(cell));
  return { heading, cells, isNumber: values.length > 0 && values.every((cell) => NUMBER.test(cell)) };
}

/** The columns that hold a value; all of them where none does. */
function filledColumns(headings: number, body: readonly (readonly string[])[]): readonly number[] {
  const count = Math.max(headings, ...body.map((row) => row.length));
  const all = Array.from({ length: count }, (_, index) => index);
  const filled = all.filter((index) => body.some((row) => (row[index] ?? '') !== ''));
  return filled.length === 0 ? all : filled;
}

function leftOut(count: number, noun: string, advice: string): readonly string[] {
  if (count <= 0) return [];
  return [
    `${count} more ${count === 1 ? `${noun} is` : `${noun}s are`} not shown. ${advice} to see the rest.`,
  ];
}

/** Without what cannot be seen, which would push the next column out of line. */
function clean(cell: string): string {
  return cell
    .toWellFormed()
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, '')
    .trim();
}

function fitWidths(columns: readonly Column[]): readonly number[] {
  const needed = columns.map(({ cells }) => Math.max(0, ...cells.map((cell) => cell.length)));
  const widths = columns.map(({ heading }, index) => Math.max(heading.length, needed[index] ?? 0));
  const budget = LINE_CHARACTERS - GAP.length * (widths.length - 1);
  const narrow = (index: number, floor: number) => {
    const excess = widths.reduce((sum, width) => sum + width, 0) - budget;
    const width = widths[index] ?? 0;
    if (excess > 0) widths[index] = Math.max(Math.min(width, floor), width - excess);
  };
  const fromLast = [...columns.keys()].reverse();
  for (const index of fromLast) narrow(index, Math.max(needed[index] ?? 0, HEADING_FLOOR));
  for (const floor of TEXT_FLOORS) {
    for (const index of fromLast) if (columns[index]?.isNumber !== true) narrow(index, floor);
  }
  for (const index of fromLast) narrow(index, NARROWEST);
  return widths;
}

function pad(text: string, width: number, isNumber: boolean): string {
  return isNumber ? text.padStart(width) : text.padEnd(width);
}

/** Sentences end early; of a name both ends stay. */
function cutCell(cell: string, width: number): string {
  return cut(cell, width, cell.includes(' ') ? 0 : Math.floor((width - 1) / 2));
}

function cut(text: string, width: number, keptAtEnd = 0): string {
  if (text.length <= width) return text;
  const kept = `${text.slice(0, width - 1 - keptAtEnd)}…${text.slice(text.length - keptAtEnd)}`;
  return kept.toWellFormed();
}
