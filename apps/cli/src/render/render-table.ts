import Table from 'cli-table3';

/** A table for people; long cells wrap so that it fits the terminal. Without colour of its own. */
export function renderTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  terminalColumns: number,
): string {
  const table = new Table({
    head: [...columns],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
    wrapOnWordBoundary: false,
    colWidths: columnWidths(columns, rows, terminalColumns),
  });
  for (const row of rows) table.push(columns.map((_, index) => row[index] ?? ''));
  return table.toString();
}

const BORDER_AND_PADDING = 3;
const LEAST_WIDTH = 8;

/** Each column as wide as its content, the widest giving way first until all fit. */
function columnWidths(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  terminalColumns: number,
): number[] {
  const widths = columns.map((column, index) =>
    Math.max(
      ...[column, ...rows.map((row) => row[index] ?? '')].flatMap((cell) =>
        cell.split('\n').map((line) => line.length),
      ),
    ),
  );
  const room = terminalColumns - 1 - columns.length * BORDER_AND_PADDING;
  for (let over = sum(widths) - room; over > 0; over -= 1) {
    const widest = widths.indexOf(Math.max(...widths));
    const width = widths[widest] ?? 0;
    if (width <= LEAST_WIDTH) break;
    widths[widest] = width - 1;
  }
  return widths.map((width) => width + 2);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
