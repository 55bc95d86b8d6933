import { setTimeout as sleep } from 'node:timers/promises';
import type { TrialWorld } from '../trial-world.ts';
import { untilStoppedAt } from './play-stop.ts';

/** How long MongoDB is away: longer than what looks for its primary waits. */
const AWAY_MS = 7_000;

/**
 * At a boundary MongoDB goes away, with every connection and open transaction, and comes back with what it had
 * confirmed. The program stands still while it goes, so that it is exactly there.
 */
export async function playMongodbAway(world: TrialWorld, boundary: string): Promise<boolean> {
  world.ask();
  const [isDone] = await Promise.all([goAwayAt(world, boundary), world.approveUntilDone()]);
  await world.settle();
  return isDone;
}

async function goAwayAt(world: TrialWorld, boundary: string): Promise<boolean> {
  const { mongodb } = world;
  if (mongodb === undefined) throw new Error('a fault of MongoDB needs a MongoDB');
  if (!(await untilStoppedAt(world, boundary))) return false;
  await mongodb.halt();
  world.signal('SIGCONT');
  await sleep(AWAY_MS);
  await mongodb.resume();
  return true;
}
