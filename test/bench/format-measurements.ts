import type { Measurement } from './benchmark.ts';

const HEAD = ['figure', 'value', 'unit', 'peer', 'ratio', 'bar', 'met'];

/** A table for people; a bar that was not met says so in capitals. */
export function formatMeasurements(measurements: readonly Measurement[]): string {
  const rows = [HEAD, ...measurements.map(toRow)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 1 || column === 4 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  return [lines[0], widths.map((width) => '-'.repeat(width)).join('  '), ...lines.slice(1)].join('\n');
}

function toRow({ figure, value, unit, peer = '', ratio, bar = '', met }: Measurement): readonly string[] {
  const verdict = met === undefined ? '' : met ? 'met' : 'NOT MET';
  return [figure, formatNumber(value), unit, peer, ratio === undefined ? '' : ratio.toFixed(2), bar, verdict];
}

function formatNumber(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 1_000) return String(Math.round(value));
  return value.toPrecision(4);
}
