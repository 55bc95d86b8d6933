import { PAIRS, type PairName } from '../quick/storage.ts';
import type { GrowthLimits } from './judge-growth.ts';
import { type PairReport, runSoakPair } from './run-soak-pair.ts';
import { reportOnSoak, type SoakOutcome } from './soak-report.ts';

const SAMPLE_SECONDS = 80;
const FULL_MINUTES = 10;
const MEBIBYTE = 1_024 ** 2;

/** docs/faults.md says where these come from. */
export const GROWTH_LIMITS: GrowthLimits = {
  leastLifeMs: 240_000,
  memoryShare: 0.05,
  memoryBytes: 8 * MEBIBYTE,
  files: 4,
};

export interface SoakOptions {
  readonly seed: number;
  /** Of all pairs together; absent: ten, or in a sample a good minute. */
  readonly minutes?: number;
  readonly isSample: boolean;
  /** Default: both. */
  readonly pairs?: readonly PairName[];
}

/** F28: two real processes for a while on each pair of backends, under load and under faults that arrive at random. */
export async function runSoak(options: SoakOptions): Promise<SoakOutcome> {
  const { seed, minutes, isSample, pairs = PAIRS } = options;
  const seconds = minutes === undefined ? (isSample ? SAMPLE_SECONDS : FULL_MINUTES * 60) : minutes * 60;
  const reports: PairReport[] = [];
  for (const pair of pairs) {
    reports.push(await runSoakPair({ pair, seed, durationMs: (seconds * 1_000) / pairs.length }));
  }
  const outcome = reportOnSoak(reports, seed, GROWTH_LIMITS);
  console.log(`\n${outcome.table}\n`);
  for (const life of outcome.lives) console.log(life);
  for (const problem of outcome.problems) console.log(`PROBLEM ${problem}`);
  return outcome;
}
