import { Journal } from '../journal.ts';
import type { FaultOptions } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { onBackends, refuseWithoutRedis } from '../start-backends.ts';
import { FAMILIES } from './families/all-families.ts';
import type { Family, QuickResult } from './family.ts';
import { runQuickTrials } from './quick-campaign.ts';
import { replayOf, reportOnQuick } from './quick-report.ts';

/** `npm run faults -- quick`: tells what the trials of this seed have shown, with `--resume` those of earlier runs among them. */
export function runQuickFaults(options: FaultOptions): Promise<Outcome> {
  const { seed } = options;
  const pairs = options.stores.map((store) => (store === 'mongodb' ? 'full' : 'embedded'));
  if (pairs.includes('full')) refuseWithoutRedis({ queues: ['redis'] });
  const families = chooseFamilies(options.families);
  const journal = Journal.open<QuickResult>(options, 'quick');
  const names = new Set(families.map(({ id }) => id));
  const done = journal.done.filter(({ spec }) => names.has(spec.family));
  return onBackends(options, async (backends) => {
    const plan = { ...options, families, backends: backends.map(({ name }) => name), pairs };
    const results = await runQuickTrials(plan, backends, done, journal, tell);
    const report = reportOnQuick(families, [...done, ...results], seed);
    console.log(`\n${report.table}\n`);
    for (const problem of report.problems) console.log(`PROBLEM ${problem}`);
    return report;
  });
}

function chooseFamilies(ids: readonly string[]): readonly Family[] {
  const unknown = ids.filter((id) => !FAMILIES.some((family) => family.id === id));
  if (unknown.length > 0) {
    const known = FAMILIES.map(({ id }) => id).join(', ');
    throw new Error(`--family is one of ${known}, not ${unknown.join(', ')}`);
  }
  return ids.length === 0 ? FAMILIES : FAMILIES.filter(({ id }) => ids.includes(id));
}

function tell({ spec, faults, ended, durationMs, violations }: QuickResult, trials: number): void {
  const { family, trial, backend, pair } = spec;
  const verdict = violations.length > 0 ? 'VIOLATED' : faults > 0 ? 'ok' : 'the fault did not happen';
  console.log(
    `${family} ${trial} ${backend} ${pair}: ${verdict}, ${ended}, ${(durationMs / 1_000).toFixed(1)} s (${trials} trials of ${family})`,
  );
  for (const violation of violations) console.log(`  ${violation}\n  replay: ${replayOf(spec)}`);
}
