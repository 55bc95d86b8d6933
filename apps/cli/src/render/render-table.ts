import Table from 'cli-table3';

/** A table for people; long cells wrap so that it fits the terminal. Without colour of its own. */
export function renderTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  terminalColumns: number,
): string {
  const widths = columnWidths(columns, rows, terminalColumns);
  const table = new Table({ head: [...columns], style: { head: [], border: [], compact: true } });
  for (const row of rows) {
    table.push(widths.map((width, index) => wrapCell(row[index] ?? '', width)));
  }
  return table.toString();
}

const BORDER_AND_PADDING = 3;
const LEAST_WIDTH = 8;

/** Each column as wide as its content, the widest giving way first until all fit. */
function columnWidths(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  terminalColumns: number,
): readonly number[] {
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...rows.flatMap((row) => linesOf(row[index]).map((line) => line.length))),
  );
  const room = terminalColumns - 1 - columns.length * BORDER_AND_PADDING;
  for (let over = sum(widths) - room; over > 0; over -= 1) {
    const widest = widths.indexOf(Math.max(...widths));
    const width = widths[widest] ?? 0;
    if (width <= LEAST_WIDTH) break;
    widths[widest] = width - 1;
  }
  return widths;
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
