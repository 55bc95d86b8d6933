import type { Outcome } from '../outcome.ts';
import type { Family, QuickResult } from './family.ts';

/** The columns of the table: `demo, embedded` and so on. */
const COLUMNS = ['demo embedded', 'demo full', 'real embedded', 'real full'] as const;

export interface QuickReport extends Outcome {
  /** Markdown: one line a family. */
  readonly table: string;
  readonly problems: readonly string[];
}

/** Judges all trials of a seed. A violation is a problem, and so is a family none of whose faults happened. Pure. */
export function reportOnQuick(
  families: readonly Family[],
  results: readonly QuickResult[],
  seed: number,
): QuickReport {
  const violated = results.filter(({ violations }) => violations.length > 0);
  const trials = sum(results.map(trialsOf));
  const problems = [
    ...violated.flatMap(({ spec, violations }) =>
      violations.map(
        (violation) => `${spec.family} ${spec.backend} ${spec.pair}: ${violation}\n  ${replayOf(spec)}`,
      ),
    ),
    ...families
      .filter(({ id }) => !results.some((result) => result.spec.family === id && trialsOf(result) > 0))
      .map(({ id }) => `${id}: no trial in which the fault happened`),
  ];
  const without = results.filter(({ faults }) => faults === 0).length;
  return {
    table: tableOf(families, results),
    problems,
    trials,
    violations: violated.length,
    summary: `seed ${seed}: ${trials} quick trials of ${families.length} families in ${results.length} worlds (${without} without their fault), ${violated.length} violated`,
    isGood: problems.length === 0 && trials > 0,
  };
}

/** How many trials a world counts as: those in which the fault really happened. */
export function trialsOf({ faults, trials }: QuickResult): number {
  return faults === 0 ? 0 : trials;
}

function tableOf(families: readonly Family[], results: readonly QuickResult[]): string {
  const lines = families.map(({ id, title }) => {
    const of = results.filter(({ spec }) => spec.family === id);
    const cells = COLUMNS.map((column) =>
      sum(of.filter(({ spec }) => `${spec.backend} ${spec.pair}` === column).map(trialsOf)),
    );
    const violated = of.filter(({ violations }) => violations.length > 0).length;
    return `| ${id} ${title} | ${cells.join(' | ')} | ${sum(cells)} | ${violated} |`;
  });
  return [
    `| Family | ${COLUMNS.join(' | ')} | trials | violated |`,
    `|---${'|--:'.repeat(COLUMNS.length + 2)}|`,
    ...lines,
  ].join('\n');
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The command that plays just this world again. */
export function replayOf({ family, seed, trial }: QuickResult['spec']): string {
  return `npm run faults -- quick --family ${family} --seed ${seed} --trial ${trial}`;
}
