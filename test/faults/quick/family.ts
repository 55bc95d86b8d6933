import type { Expectation } from './judge-trial.ts';
import type { QuickSpec, QuickTrial } from './quick-trial.ts';
import type { PairName } from './storage.ts';

/** What a trial showed. */
export interface Played {
  /** How many faults really happened; a trial without one proves nothing and does not count. */
  readonly faults: number;
  /** How many trials it counts as; default 1. */
  readonly trials?: number;
  /** What a family knows beyond the rules that hold always; absent: the family has judged by itself. */
  readonly expected?: Expectation;
  /** How it ended, for the statistics. */
  readonly ended: string;
}

/** One row of faults: seeded scenarios, each a short life of one or more plans. */
export interface Family {
  readonly id: string;
  readonly title: string;
  /** On which pairs of backends it can happen; default: on both. */
  readonly pairs?: readonly PairName[];
  /** How many worlds a sample takes; default 24. */
  readonly sample?: number;
  /** How long a trial may take, by the wall; default 200,000. */
  readonly limitMs?: number;
  /** Plays one trial and throws TrialOver where it does not come to its end. Other violations go to the trial. */
  play(trial: QuickTrial): Promise<Played>;
}

/** One line of the journal. */
export interface QuickResult {
  readonly spec: QuickSpec;
  readonly faults: number;
  readonly trials: number;
  readonly violations: readonly string[];
  readonly ended: string;
  readonly durationMs: number;
}
