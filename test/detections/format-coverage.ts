import type { Coverage } from './count-coverage.ts';

/** What `npm run detections` prints: counts per source, then what is left out and what is missing, by name. */
export function formatCoverage({ total, sources, unknown, idleReasons }: Coverage): string {
  const covered = sources.reduce((sum, source) => sum + source.covered.length, 0);
  return [
    ...sources.map(
      (source) =>
        `${source.source.padEnd(14)} ${String(source.covered.length).padStart(4)} of ${String(source.total).padStart(4)} covered, ${source.leftOut.length} left out, ${source.missing.length} missing`,
    ),
    `${'all'.padEnd(14)} ${String(covered).padStart(4)} of ${String(total).padStart(4)} covered (${shareOf(covered, total)})`,
    ...listOf(
      'left out, with a reason',
      sources.flatMap(({ leftOut }) => leftOut.map(({ check, reason }) => `${check}: ${reason}`)),
    ),
    ...listOf(
      'missing',
      sources.flatMap(({ missing }) => missing),
    ),
    ...listOf('named by an analyzer, but by no list of known checks', unknown),
    ...listOf('left out without need: covered, or not known', idleReasons),
  ].join('\n');
}

function listOf(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];
}

function shareOf(count: number, total: number): string {
  return total === 0 ? 'nothing to count' : `${((100 * count) / total).toFixed(1)} %`;
}
