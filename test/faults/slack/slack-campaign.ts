import type { Backend } from '../backends/backend.ts';
import { FAMILIES } from './fault-script.ts';
import { ReplicaWorld } from './replica-world.ts';
import { runSlackTrial, type SlackTrial, type SlackTrialResult } from './run-slack-trial.ts';

export interface SlackCampaignOptions {
  readonly seed: number;
  readonly trials: readonly SlackTrial[];
  /** How many worlds play trials at a time, each one trial after another. */
  readonly width: number;
  onResult(result: SlackTrialResult, done: number): void;
}

const REPLICAS = 2;
/** A world is left for a new one after so many trials, so that nothing piles up in it. */
const TRIALS_PER_WORLD = 40;

/** The trials of a run: as many of each family as of the others. Pure. */
export function planSlackTrials(count: number): readonly SlackTrial[] {
  return Array.from({ length: count }, (_, index) => ({
    family: FAMILIES[index % FAMILIES.length] ?? 'F13',
    trial: index + 1,
  }));
}

/** Plays every trial; the backend outlives them all. */
export async function runSlackCampaign(
  backend: Backend,
  options: SlackCampaignOptions,
): Promise<readonly SlackTrialResult[]> {
  const results: SlackTrialResult[] = [];
  const waiting = [...options.trials];
  const report = (result: SlackTrialResult) => {
    results.push(result);
    options.onResult(result, results.length);
  };
  const share = Math.min(TRIALS_PER_WORLD, Math.ceil(waiting.length / options.width));
  const work = async (): Promise<void> => {
    while (waiting.length > 0) await playWorld(backend, waiting.splice(0, share), options.seed, report);
  };
  await Promise.all(Array.from({ length: options.width }, work));
  return results;
}

async function playWorld(
  backend: Backend,
  trials: readonly SlackTrial[],
  seed: number,
  report: (result: SlackTrialResult) => void,
): Promise<void> {
  const world = await ReplicaWorld.start(backend, REPLICAS);
  try {
    for (const trial of trials) {
      const result = await runSlackTrial(world, trial, seed);
      report(result);
      if (result.violations.length > 0) for (const line of world.logs.slice(-15)) console.log(`    ${line}`);
    }
  } finally {
    await world.end();
  }
}
