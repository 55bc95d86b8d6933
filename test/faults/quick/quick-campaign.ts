import type { Backend } from '../backends/backend.ts';
import type { Journal } from '../journal.ts';
import type { Family, QuickResult } from './family.ts';
import { Lane, openSite, type Site } from './lane.ts';
import type { QuickSpec } from './quick-trial.ts';
import { runQuickTrial } from './run-quick-trial.ts';
import { PAIRS, type PairName } from './storage.ts';

/** A real API server and the full-size pair take longer: each has this share of the trials, one in so many. */
const REAL_EVERY = 5;
const FULL_EVERY = 4;

export interface QuickPlan {
  readonly families: readonly Family[];
  readonly seed: number;
  readonly isAll: boolean;
  readonly width: number;
  /** Of each family, how many; default: a sample, or all. */
  readonly trials?: number;
  /** A single one. */
  readonly trial?: number;
  readonly backends: readonly Backend['name'][];
  readonly pairs: readonly PairName[];
}

/** Where a trial of a family runs follows from its number alone, so that a replay finds it again. */
function cellOf(family: Family, trial: number): Pick<QuickSpec, 'backend' | 'pair'> {
  const [only, ...others] = family.pairs ?? PAIRS;
  const isChoice = only === undefined || others.length > 0;
  const chosen = trial % FULL_EVERY === FULL_EVERY - 1 ? 'full' : 'embedded';
  return {
    pair: isChoice ? chosen : only,
    backend: trial % REAL_EVERY === REAL_EVERY - 1 ? 'real' : 'demo',
  };
}

/** The trials of a plan, in their order. */
function specsOf(plan: QuickPlan): readonly QuickSpec[] {
  return plan.families.flatMap((family) => {
    const count = plan.trials ?? (plan.isAll ? (family.whole ?? 1_000) : (family.sample ?? 24));
    const numbers =
      plan.trial === undefined ? Array.from({ length: count }, (_, index) => index) : [plan.trial];
    return numbers
      .map((trial): QuickSpec => ({ family: family.id, seed: plan.seed, trial, ...cellOf(family, trial) }))
      .filter(({ backend, pair }) => plan.backends.includes(backend) && plan.pairs.includes(pair));
  });
}

/** Runs what is not done yet, some trials at a time; `onResult` hears of each. */
export async function runQuickTrials(
  plan: QuickPlan,
  backends: readonly Backend[],
  done: readonly QuickResult[],
  journal: Journal<QuickResult>,
  onResult: (result: QuickResult, left: number) => void,
): Promise<readonly QuickResult[]> {
  const known = new Set(done.map(({ spec }) => nameOf(spec)));
  const waiting = specsOf(plan).filter((spec) => !known.has(nameOf(spec)));
  const sites = new Map(backends.map((backend) => [backend.name, openSite(backend)]));
  const results: QuickResult[] = [];
  const work = async () => {
    const lane = new Lane();
    for (let spec = waiting.shift(); spec !== undefined; spec = waiting.shift()) {
      const result = await runOne(plan, spec, sites, lane);
      results.push(result);
      journal.append(result);
      onResult(result, waiting.length);
    }
    await lane.close();
  };
  try {
    await Promise.all([...sites.values()].map(({ snapshots }) => snapshots.snapshot()));
    await Promise.all(Array.from({ length: plan.width }, work));
  } finally {
    await Promise.all([...sites.values()].map((site) => site.close()));
  }
  return results;
}

function runOne(
  { families }: QuickPlan,
  spec: QuickSpec,
  sites: ReadonlyMap<string, Site>,
  lane: Lane,
): Promise<QuickResult> {
  const family = families.find(({ id }) => id === spec.family);
  const site = sites.get(spec.backend);
  if (family === undefined || site === undefined)
    throw new Error(`no family ${spec.family} on ${spec.backend}`);
  return runQuickTrial(family, spec, site, lane);
}

function nameOf({ family, trial, backend, pair }: QuickSpec): string {
  return `${family} ${trial} ${backend} ${pair}`;
}
