import { type FaultOptions, secondsOf } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { PAIRS } from '../quick/storage.ts';
import type { GrowthLimits } from './judge-growth.ts';
import { type PairReport, runSoakPair } from './run-soak-pair.ts';
import { reportOnSoak } from './soak-report.ts';

const SECONDS = { sample: 60, full: 600 };
const MEBIBYTE = 1_024 ** 2;

/**
 * What one collection of the whole heap gives back, which comes every few minutes, is no growth: up to 40 MiB were seen. Nor
 * is one more watch and one more socket of each kind. A leak is found from 12 MiB a minute in ten minutes, 2 in an hour, and
 * 0.1 in a day.
 */
const GROWTH_LIMITS: GrowthLimits = {
  leastLifeMs: 240_000,
  memoryBytes: 40 * MEBIBYTE,
  files: 8,
};

/**
 * `npm run faults -- soak`, F28: two real processes for a while on each pair of backends, under load and under faults that
 * arrive at random. Each fault that happened is a trial; all are judged together by what was asked for meanwhile.
 */
export async function runSoak(options: FaultOptions): Promise<Outcome> {
  const { seed, queues } = options;
  const seconds = secondsOf(options, 'soak', SECONDS);
  const pairs = PAIRS.filter((pair) => queues.includes(pair === 'full' ? 'redis' : 'embedded'));
  const reports: PairReport[] = [];
  for (const pair of pairs) {
    reports.push(await runSoakPair({ pair, seed, durationMs: (seconds * 1_000) / pairs.length }));
  }
  const { table, lives, problems, ...outcome } = reportOnSoak(reports, seed, GROWTH_LIMITS);
  console.log(`\n${table}\n`);
  for (const life of lives) console.log(life);
  for (const problem of problems) console.log(`PROBLEM ${problem}`);
  return outcome;
}
