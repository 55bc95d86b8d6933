import { setTimeout as sleep } from 'node:timers/promises';
import { randomSource } from '../shuffle.ts';
import { FaultInjector } from './fault-injector.ts';
import { type SlackFamily, type SlackFault, writeFaults } from './fault-script.ts';
import type { ReplicaWorld } from './replica-world.ts';
import { judgeTrial, lookBefore, type Violation } from './trial-judge.ts';
import { TrialPlay } from './trial-play.ts';
import { PEOPLE, STRANGER, writeScript } from './trial-script.ts';

export interface SlackTrial {
  readonly family: SlackFamily;
  /** Its number; with the seed it says everything that happens in it. */
  readonly trial: number;
}

export interface SlackTrialResult extends SlackTrial {
  readonly faults: readonly SlackFault[];
  readonly utterances: number;
  readonly violations: readonly Violation[];
  readonly repeatedPrivately: number;
  readonly durationMs: number;
}

/** How soon after the last fault everything must have come to its visible end. */
const DEADLINE_MS = 120_000;
/** No sign of work for so long: nothing more will come. */
const QUIET_MS = 400;

/** Plays one trial in a world, beside nothing else, and leaves the world whole. */
export async function runSlackTrial(
  world: ReplicaWorld,
  { family, trial }: SlackTrial,
  seed: number,
): Promise<SlackTrialResult> {
  const startedAt = performance.now();
  const faults = writeFaults(family, seed, trial);
  const play = new TrialPlay(world, writeScript(seed, trial));
  await play.prepare();
  await world.untilConnected();
  const before = lookBefore(world, [...Object.values(PEOPLE), STRANGER]);
  const injector = new FaultInjector(world, new Set(play.channels), randomSource(seed + trial));
  injector.begin(faults);
  await play.run();
  await injector.heal();
  const isAtRest = await restOf(world);
  const { expectations } = play;
  const verdict = await judgeTrial({ world, before, expectations, faults, deleted: injector.deleted });
  await play.clear();
  const unrest: readonly Violation[] = isAtRest
    ? []
    : [{ kind: 'silent', what: `work was left after ${DEADLINE_MS} ms: ${world.describeOpenWork()}` }];
  return {
    ...{ family, trial, faults },
    utterances: expectations.reduce((sum, { answers }) => sum + Math.max(1, answers), 0),
    violations: [...verdict.violations, ...unrest],
    repeatedPrivately: verdict.repeatedPrivately,
    durationMs: performance.now() - startedAt,
  };
}

/** Until nothing has been left to do for a while; false when that does not come. */
async function restOf(world: ReplicaWorld): Promise<boolean> {
  const deadline = performance.now() + DEADLINE_MS;
  while (performance.now() < deadline) {
    if (!(await world.until(() => world.isIdle(), DEADLINE_MS))) return false;
    await sleep(QUIET_MS);
    if (world.isIdle()) return true;
  }
  return false;
}
