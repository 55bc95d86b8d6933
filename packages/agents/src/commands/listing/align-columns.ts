/** A cell is never padded beyond this; what is longer stands as it is. */
const WIDEST = 60;

/** A table as plain text, for a file: columns of equal width, two spaces apart. */
export function alignColumns(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [columns, ...rows];
  const widths = columns.map((_, column) =>
    Math.min(
      WIDEST,
      all.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), 0),
    ),
  );
  const lines = all.map((row) =>
    columns
      .map((_, column) => (row[column] ?? '').padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
