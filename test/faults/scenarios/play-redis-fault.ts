import { setTimeout as sleep } from 'node:timers/promises';
import type { TrialSpec } from '../trial.ts';
import type { TrialWorld } from '../trial-world.ts';
import { untilStoppedAt } from './play-stop.ts';

/** How long a Redis that was killed is away. */
const AWAY_MS = 1_000;

/**
 * At a boundary all that Redis holds is lost, or Redis itself is killed and comes back with its file a moment later. The
 * program stands still while it happens, so that it is exactly there; then it goes on.
 */
export async function playRedisFault(world: TrialWorld, { family, boundary }: TrialSpec): Promise<boolean> {
  world.ask();
  const [isDone] = await Promise.all([
    breakAt(world, boundary, family === 'redis emptied' ? 'empty' : 'kill'),
    world.approveUntilDone(),
  ]);
  await world.settle();
  return isDone;
}

async function breakAt(world: TrialWorld, boundary: string, fault: 'empty' | 'kill'): Promise<boolean> {
  const { redis } = world;
  if (redis === undefined) throw new Error('a fault of Redis needs a Redis');
  const isThere = await untilStoppedAt(world, boundary);
  if (!isThere) return false;
  if (fault === 'empty') {
    const answer = await redis.command('FLUSHALL');
    world.signal('SIGCONT');
    return answer === 'OK';
  }
  await redis.kill();
  world.signal('SIGCONT');
  await sleep(AWAY_MS);
  await redis.restart();
  return true;
}
