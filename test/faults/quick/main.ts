import type { Backend } from '../backends/backend.ts';
import { FAMILIES } from './families/all-families.ts';
import type { Family, QuickResult } from './family.ts';
import { Journal } from './journal.ts';
import { runQuickTrials } from './quick-campaign.ts';
import { type QuickReport, replayOf, reportOnQuick } from './quick-report.ts';
import { PAIRS } from './storage.ts';

export interface QuickOptions {
  readonly seed: number;
  readonly isAll: boolean;
  /** Trials that an earlier run of this seed wrote down are not played again. */
  readonly isResumed: boolean;
  readonly width: number;
  /** Ids; empty: all. */
  readonly families: readonly string[];
  readonly trials?: number;
  /** From 0, as a report names it. */
  readonly trial?: number;
  /** Where the journal is kept; absent: none is. */
  readonly journal?: string;
}

/** Plays quick trials on these API servers and tells what they have shown, those of an earlier run among them. */
export async function runQuickFaults(
  options: QuickOptions,
  backends: readonly Backend[],
): Promise<QuickReport> {
  const { seed, isResumed } = options;
  const families = chooseFamilies(options.families);
  const journal = options.journal === undefined ? undefined : new Journal(options.journal, seed);
  const names = new Set(families.map(({ id }) => id));
  const done = isResumed && journal ? journal.read().filter(({ spec }) => names.has(spec.family)) : [];
  const plan = { ...options, families, backends: backends.map(({ name }) => name), pairs: PAIRS };
  const results = await runQuickTrials(plan, backends, done, journal, tell);
  const report = reportOnQuick(families, [...done, ...results], seed);
  console.log(`\n${report.table}\n`);
  for (const problem of report.problems) console.log(`PROBLEM ${problem}`);
  return report;
}

function chooseFamilies(ids: readonly string[]): readonly Family[] {
  const unknown = ids.filter((id) => !FAMILIES.some((family) => family.id === id));
  if (unknown.length > 0) {
    const known = FAMILIES.map(({ id }) => id).join(', ');
    throw new Error(`--family is one of ${known}, not ${unknown.join(', ')}`);
  }
  return ids.length === 0 ? FAMILIES : FAMILIES.filter(({ id }) => ids.includes(id));
}

function tell({ spec, faults, ended, durationMs, violations }: QuickResult, left: number): void {
  const { family, trial, backend, pair } = spec;
  const verdict = violations.length > 0 ? 'VIOLATED' : faults > 0 ? 'ok' : 'the fault did not happen';
  console.log(
    `${family} ${trial} ${backend} ${pair}: ${verdict}, ${ended}, ${(durationMs / 1_000).toFixed(1)} s (${left} left)`,
  );
  for (const violation of violations) console.log(`  ${violation}\n  replay: ${replayOf(spec)}`);
}
