import type { TrialSpec } from '../trial.ts';
import type { TrialWorld } from '../trial-world.ts';

/** A mention, a card, a click, an outcome; the first run of the program kills itself on the way. */
export async function playKill(world: TrialWorld, { family, boundary }: TrialSpec): Promise<boolean> {
  world.ask();
  await world.approveUntilDone();
  await world.settle();
  return family === 'record' || world.kills.includes(boundary);
}
