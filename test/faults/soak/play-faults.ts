import { setTimeout as sleep } from 'node:timers/promises';
import { API_FAULTS } from './api-faults.ts';
import { nextArrivalMs } from './arrivals.ts';
import { BACKEND_FAULTS } from './backend-faults.ts';
import { PROCESS_FAULTS } from './process-faults.ts';
import { SLACK_FAULTS } from './slack-faults.ts';
import type { SoakFault, SoakPlace, SoakScene } from './soak-fault.ts';

const ALL_FAULTS: readonly SoakFault[] = [
  ...PROCESS_FAULTS,
  ...API_FAULTS,
  ...SLACK_FAULTS,
  ...BACKEND_FAULTS,
];
/** Between one fault and the next, on average. */
const MEAN_PAUSE_MS = 2_000;

/** A fault that really happened. */
export interface PlayedFault {
  readonly family: string;
  readonly name: string;
  /** Since the beginning of the soak. */
  readonly atMs: number;
}

/**
 * Lets faults arrive at random (Poisson) until the signal aborts, each kind as often as any other, and waits until the last
 * is over. One that arrives while its place is ill already does not happen.
 */
export async function playFaults(scene: SoakScene, signal: AbortSignal): Promise<readonly PlayedFault[]> {
  const { dice, world } = scene;
  const kinds = ALL_FAULTS.filter(({ pair }) => pair === undefined || pair === world.pair);
  const ill = new Map<SoakPlace, Promise<void>>();
  const played: PlayedFault[] = [];
  const beganAt = performance.now();
  while (!signal.aborted) {
    await sleep(nextArrivalMs(dice, MEAN_PAUSE_MS), undefined, { signal }).catch(() => undefined);
    const fault = dice.oneOf(kinds);
    if (signal.aborted || ill.has(fault.place)) continue;
    const { family, name, place } = fault;
    const atMs = Math.round(performance.now() - beganAt);
    const ending = fault.play(scene).then((isMet) => {
      ill.delete(place);
      if (isMet) played.push({ family, name, atMs });
    });
    ill.set(place, ending);
  }
  await Promise.all(ill.values());
  return played;
}
