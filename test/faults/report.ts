import type { Outcome } from './outcome.ts';
import { columnOf, replayOf, rowOf, type TrialResult, type TrialSpec } from './trial.ts';

/** What a run amounts to. */
export interface Report extends Outcome {
  /** Markdown: one line a row, trials and violations per backend and queue. */
  readonly table: string;
  readonly problems: readonly string[];
}

/** Judges a whole run. A violation is a problem, and so is a planned row that no trial covered. Pure. */
export function reportOn(
  planned: readonly TrialSpec[],
  results: readonly TrialResult[],
  seed: number,
): Report {
  const reached = results.filter(({ isReached }) => isReached);
  const problems = [
    ...results.flatMap(({ spec, violations }) =>
      violations.map(
        (violation) => `${columnOf(spec)}, ${rowOf(spec)}: ${violation}\n  ${replayOf(spec, seed)}`,
      ),
    ),
    ...uncovered(planned, reached),
    ...(reached.length === 0 ? ['nothing ran'] : []),
  ];
  const kills = results.reduce((sum, result) => sum + result.kills.length, 0);
  const violations = results.reduce((sum, result) => sum + result.violations.length, 0);
  const columns = [...new Set(planned.map(columnOf))].sort();
  const perColumn = columns.map(
    (column) => `${results.filter(({ spec }) => columnOf(spec) === column).length} ${column}`,
  );
  const recoveries = results.flatMap(({ recoveryMs }) => recoveryMs ?? []).sort((one, other) => one - other);
  const missed = results.length - reached.length;
  return {
    table: tableOf(planned, reached, columns),
    problems,
    trials: reached.filter(({ spec }) => spec.family !== 'record').length,
    violations,
    isGood: problems.length === 0,
    summary: `seed ${seed}: ${results.length} trials (${perColumn.join(', ')}), ${kills} real kills (kill -9), ${stopsIn(reached)} stopped past the lease, ${missed} without their fault, ${violations} violations; ${describeRecoveries(recoveries)}`,
  };
}

/** Restart, leases that have to run out, and a dead process's claim on a message among it. */
function describeRecoveries(sorted: readonly number[]): string {
  const [median = 0, slowest = 0] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(0)} s`;
  return `from the last death to the visible outcome ${seconds(median)} in the middle, ${seconds(slowest)} at most`;
}

function stopsIn(results: readonly TrialResult[]): number {
  return results.filter(({ spec }) => spec.family === 'stop').length;
}

function uncovered(planned: readonly TrialSpec[], reached: readonly TrialResult[]): readonly string[] {
  const cellOf = (spec: TrialSpec) => `${columnOf(spec)}, ${rowOf(spec)}`;
  const covered = new Set(reached.map(({ spec }) => cellOf(spec)));
  return [...new Set(planned.map(cellOf))]
    .filter((cell) => !covered.has(cell))
    .map((cell) => `${cell}: no trial in which the fault happened`);
}

function tableOf(
  planned: readonly TrialSpec[],
  reached: readonly TrialResult[],
  columns: readonly string[],
): string {
  const rows = [...new Set(planned.map(rowOf))].sort();
  const lines = rows.map((row) => {
    const cells = columns.map((column) => {
      const of = reached.filter(({ spec }) => columnOf(spec) === column && rowOf(spec) === row);
      const violations = of.filter((result) => result.violations.length > 0).length;
      return of.length === 0 ? '–' : `${of.length} / ${violations}`;
    });
    return `| ${row} | ${cells.join(' | ')} |`;
  });
  const head = columns.map((column) => `${column}: trials / violated`);
  return [`| Boundary | ${head.join(' | ')} |`, `|---${'|--:'.repeat(columns.length)}|`, ...lines].join('\n');
}
