/** Wider lines wrap in Slack's message column and are unreadable. */
const LINE_CHARACTERS = 110;
const SHOWN_ROWS = 20;
/** As many as fit into a line when each is at its narrowest. */
const SHOWN_COLUMNS = 12;
const GAP = '  ';
/** How narrow the columns of text become, step by step, before those of numbers are touched. */
const TEXT_FLOORS = [24, 12, 6];
const NARROWEST = 6;
const NUMBER = /^[-+~<>]?\d[\d.,]*(?:\/\d+)?\s?(?:%|[A-Za-zµ]{1,3}(?:\d+[A-Za-z]{1,2})*)?$/u;
const NO_VALUE: ReadonlySet<string> = new Set(['', '-', '–', '—', '?', 'n/a']);

/** A table as lines of fixed-width text, and what was left out of it, in words. */
export interface TableText {
  readonly text: string;
  readonly notes: readonly string[];
}

/**
 * Lays a table out in aligned columns. Pure. No line is longer than 110 characters: where the cells need more, the
 * columns give way from the last to the first, so the order of columns is their priority; numbers, which stand on
 * the right, give way last. A name is cut in its middle, because names differ at their ends.
 */
export function layOutTable(columns: readonly string[], rows: readonly (readonly string[])[]): TableText {
  const columnCount = Math.max(columns.length, ...rows.map((row) => row.length));
  const shownColumns = Math.min(columnCount, SHOWN_COLUMNS);
  const indexes = Array.from({ length: shownColumns }, (_, index) => index);
  const body = rows.slice(0, SHOWN_ROWS).map((row) => indexes.map((index) => clean(row[index] ?? '')));
  const head = indexes.map((index) => clean(columns[index] ?? ''));
  const areNumbers = indexes.map((index) => isNumeric(body.map((row) => row[index] ?? '')));
  const widths = fitWidths(
    indexes.map((index) => Math.max(...[head, ...body].map((row) => (row[index] ?? '').length))),
    areNumbers,
  );
  const lines = [head, ...body].map((row) =>
    row
      .map((cell, index) => pad(cell, widths[index] ?? 0, areNumbers[index] === true))
      .join(GAP)
      .trimEnd(),
  );
  return {
    text: lines.join('\n'),
    notes: [
      ...leftOut(rows.length - body.length, 'row', 'Ask for the next page or a narrower target'),
      ...leftOut(columnCount - shownColumns, 'column', 'Ask about one object'),
    ],
  };
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

function isNumeric(cells: readonly string[]): boolean {
  const values = cells.filter((cell) => !NO_VALUE.has(cell));
  return values.length > 0 && values.every((cell) => NUMBER.test(cell));
}

function fitWidths(natural: readonly number[], areNumbers: readonly boolean[]): readonly number[] {
  const widths = [...natural];
  const budget = LINE_CHARACTERS - GAP.length * (widths.length - 1);
  const narrow = (index: number, floor: number) => {
    const excess = widths.reduce((sum, width) => sum + width, 0) - budget;
    const width = widths[index] ?? 0;
    if (excess > 0) widths[index] = Math.max(Math.min(width, floor), width - excess);
  };
  const fromLast = widths.map((_, index) => index).reverse();
  for (const floor of TEXT_FLOORS) {
    for (const index of fromLast) if (areNumbers[index] !== true) narrow(index, floor);
  }
  for (const index of fromLast) narrow(index, NARROWEST);
  return widths;
}

function pad(cell: string, width: number, isNumber: boolean): string {
  const text = cell.length > width ? cut(cell, width) : cell;
  return isNumber ? text.padStart(width) : text.padEnd(width);
}

function cut(cell: string, width: number): string {
  if (width < 1) return '';
  const tail = cell.includes(' ') ? 0 : Math.floor((width - 1) / 2);
  const text = `${cell.slice(0, width - 1 - tail)}…${cell.slice(cell.length - tail)}`;
  return text.toWellFormed();
}
