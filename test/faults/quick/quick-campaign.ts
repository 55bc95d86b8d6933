import type { Backend } from '../backends/backend.ts';
import type { Journal } from '../journal.ts';
import type { Family, QuickResult } from './family.ts';
import { Lane, openSite, type Site } from './lane.ts';
import { type QuickPlan, Worlds } from './plan-worlds.ts';
import type { QuickSpec } from './quick-trial.ts';
import { runQuickTrial } from './run-quick-trial.ts';

/** Plays what is not done yet, some worlds at a time; `onResult` hears of each, and how many trials its family has now. */
export async function runQuickTrials(
  plan: QuickPlan,
  backends: readonly Backend[],
  done: readonly QuickResult[],
  journal: Journal<QuickResult>,
  onResult: (result: QuickResult, trials: number) => void,
): Promise<readonly QuickResult[]> {
  const worlds = new Worlds(plan, done);
  const sites = new Map(backends.map((backend) => [backend.name, openSite(backend)]));
  const results: QuickResult[] = [];
  const work = async () => {
    const lane = new Lane();
    for (let spec = worlds.next(); spec !== undefined; spec = worlds.next()) {
      const result = await playWorld(plan.families, spec, sites, lane);
      results.push(result);
      worlds.count(result);
      journal.append(result);
      onResult(result, worlds.trialsOf(spec.family));
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

function playWorld(
  families: readonly Family[],
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
