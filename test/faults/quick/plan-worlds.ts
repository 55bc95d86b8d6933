import type { Backend } from '../backends/backend.ts';
import type { Family, QuickResult } from './family.ts';
import { trialsOf } from './quick-report.ts';
import type { QuickSpec } from './quick-trial.ts';
import { PAIRS, type PairName } from './storage.ts';

/** A real API server and the full-size pair take longer: each has this share of the worlds, one in so many. */
const REAL_EVERY = 5;
const FULL_EVERY = 4;

/** What the whole plays of each family. */
const WHOLE_TRIALS = 1_000;
/** A family whose fault hardly ever happens does not play for ever. */
const MOST_WORLDS = 2_000;
const SAMPLE_WORLDS = 24;

export interface QuickPlan {
  readonly families: readonly Family[];
  readonly seed: number;
  readonly isAll: boolean;
  readonly width: number;
  /** Worlds of each family; default: a sample, or what makes a thousand trials. */
  readonly trials?: number;
  /** The number of a single world. */
  readonly trial?: number;
  readonly backends: readonly Backend['name'][];
  readonly pairs: readonly PairName[];
}

/** The worlds that a plan still has to play, given out one after the other. */
export class Worlds {
  readonly #plan: QuickPlan;
  readonly #known: ReadonlySet<string>;
  readonly #trials = new Map<string, number>();
  readonly #supplies: readonly { readonly family: Family; readonly specs: Iterator<QuickSpec> }[];

  /** `done`: what an earlier run has shown. */
  constructor(plan: QuickPlan, done: readonly QuickResult[]) {
    this.#plan = plan;
    this.#known = new Set(done.map(({ spec }) => nameOf(spec)));
    for (const result of done) this.count(result);
    this.#supplies = plan.families.map((family) => ({ family, specs: specsOf(family, plan) }));
  }

  /** Undefined: there are no more. */
  next(): QuickSpec | undefined {
    for (const { family, specs } of this.#supplies) {
      while (!this.#isEnough(family)) {
        const { value, done } = specs.next();
        if (done) break;
        if (!this.#known.has(nameOf(value))) return value;
      }
    }
    return undefined;
  }

  count(result: QuickResult): void {
    this.#trials.set(result.spec.family, this.trialsOf(result.spec.family) + trialsOf(result));
  }

  /** How many trials of a family there have been. */
  trialsOf(family: string): number {
    return this.#trials.get(family) ?? 0;
  }

  #isEnough({ id }: Family): boolean {
    return isWhole(this.#plan) && this.trialsOf(id) >= WHOLE_TRIALS;
  }
}

function isWhole({ isAll, trials, trial }: QuickPlan): boolean {
  return isAll && trials === undefined && trial === undefined;
}

function* specsOf(family: Family, plan: QuickPlan): Generator<QuickSpec, undefined> {
  const { seed, trial: only, backends, pairs } = plan;
  const count = plan.trials ?? (isWhole(plan) ? MOST_WORLDS : (family.sample ?? SAMPLE_WORLDS));
  const first = only ?? 0;
  for (let trial = first; trial < (only === undefined ? count : first + 1); trial += 1) {
    const spec: QuickSpec = { family: family.id, seed, trial, ...cellOf(family, trial) };
    if (backends.includes(spec.backend) && pairs.includes(spec.pair)) yield spec;
  }
  return undefined;
}

/** Where a world of a family runs follows from its number alone, so that a replay finds it again. */
function cellOf(family: Family, trial: number): Pick<QuickSpec, 'backend' | 'pair'> {
  return {
    pair: pairOf(family, trial),
    backend: trial % REAL_EVERY === REAL_EVERY - 1 ? 'real' : 'demo',
  };
}

/** On which pair a world of a family runs: where it has a choice, every fourth on the full-size one. */
export function pairOf(family: Pick<Family, 'pairs'>, trial: number): PairName {
  const [only, ...others] = family.pairs ?? PAIRS;
  if (only !== undefined && others.length === 0) return only;
  return trial % FULL_EVERY === FULL_EVERY - 1 ? 'full' : 'embedded';
}

function nameOf({ family, trial, backend, pair }: QuickSpec): string {
  return `${family} ${trial} ${backend} ${pair}`;
}
