import { PAIRS, type PairName } from '../quick/storage.ts';
import { type GrowthLimits, judgeGrowth } from './judge-growth.ts';
import type { ProcessLife } from './process-watch.ts';
import { type PairReport, runSoakPair } from './run-soak-pair.ts';

const SAMPLE_SECONDS = 80;
const FULL_MINUTES = 10;
const MEBIBYTE = 1_024 ** 2;

const LIMITS: GrowthLimits = {
  leastLifeMs: 240_000,
  memoryShare: 0.05,
  memoryBytes: 8 * MEBIBYTE,
  files: 4,
};

export interface SoakOptions {
  readonly seed: number;
  /** Of both pairs together; absent: ten, or in a sample a good minute. */
  readonly minutes?: number;
  readonly isSample: boolean;
  readonly pairs?: readonly PairName[];
}

export interface SoakOutcome {
  readonly summary: string;
  readonly isGood: boolean;
  /** Markdown: how often each fault happened. */
  readonly table: string;
  readonly problems: readonly string[];
}

/** F28: two real processes for a while on each pair of backends, under load and under faults that arrive at random. */
export async function runSoak(options: SoakOptions): Promise<SoakOutcome> {
  const { seed, minutes, isSample, pairs = PAIRS } = options;
  const seconds = minutes === undefined ? (isSample ? SAMPLE_SECONDS : FULL_MINUTES * 60) : minutes * 60;
  const reports: PairReport[] = [];
  for (const pair of pairs) {
    const report = await runSoakPair({ pair, seed, durationMs: (seconds * 1_000) / pairs.length });
    console.log(JSON.stringify({ ...report, lives: report.lives.length }, null, 1));
    for (const life of report.lives) console.log(describeLife(life));
    reports.push(report);
  }
  return { summary: '', isGood: false, table: '', problems: [] };
}

function describeLife({ name, samples }: ProcessLife): string {
  const verdict = judgeGrowth(samples, LIMITS);
  return `${name}: ${JSON.stringify(verdict)} ${samples.map(({ rssBytes, openFiles }) => `${(rssBytes / MEBIBYTE).toFixed(0)}/${openFiles}`).join(' ')}`;
}
