import Table from 'cli-table3';

/** A table for people; long cells wrap so that it fits the terminal. Without colour of its own. */
export function renderTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  terminalColumns: number,
): string {
  const widths = columnWidths(columns, rows, terminalColumns);
  const head = columns.map((column, index) => wrapCell(column, widths[index] ?? column.length));
  const table = new Table({ head, style: { head: [], border: [], compact: true } });
  for (const row of rows) {
    table.push(widths.map((width, index) => wrapCell(row[index] ?? '', width)));
  }
  return table.toString();
}

const BORDER_AND_PADDING = 3;
const LEAST_WIDTH = 8;

/**
 * Each column as wide as its content; while they do not all fit, the widest gives way, first between words and only
 * then within them: the name of a pod must stay whole, to be copied.
 */
function columnWidths(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  terminalColumns: number,
): readonly number[] {
  const contents = columns.map((column, index) => [column, ...rows.map((row) => row[index] ?? '')]);
  const widths = contents.map((cells) => longest(cells.flatMap(linesOf)));
  const wordWidths = contents.map((cells) => longest(cells.flatMap((cell) => cell.split(/\s+/))));
  const room = terminalColumns - 1 - columns.length * BORDER_AND_PADDING;
  for (let over = sum(widths) - room; over > 0; over -= 1) {
    const between = widest(widths, (width, index) => width > (wordWidths[index] ?? 0));
    const chosen = between ?? widest(widths, (width) => width > LEAST_WIDTH);
    if (chosen === undefined) break;
    widths[chosen] = (widths[chosen] ?? 0) - 1;
  }
  return widths;
}

/** The index of the widest column among those that may give way. */
function widest(
  widths: readonly number[],
  mayGive: (width: number, index: number) => boolean,
): number | undefined {
  let found: number | undefined;
  for (const [index, width] of widths.entries()) {
    if (mayGive(width, index) && width > (widths[found ?? -1] ?? 0)) found = index;
  }
  return found;
}

function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}

/** Breaks lines between words; a word that is longer than the line is broken within. */
function wrapCell(text: string, width: number): string {
  return linesOf(text)
    .flatMap((line) => wrapLine(line, width))
    .join('\n');
}

function wrapLine(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    const end = space > 0 ? space : width;
    lines.push(rest.slice(0, end));
    rest = rest.slice(space > 0 ? end + 1 : end);
  }
  return [...lines, rest];
}

function linesOf(text: string | undefined): readonly string[] {
  return (text ?? '').split('\n');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
