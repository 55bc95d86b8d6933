import { setTimeout as sleep } from 'node:timers/promises';
import type { HoldingProxy } from '../holding-proxy.ts';
import type { TrialWorld } from '../trial-world.ts';
import { untilStoppedAt } from './play-stop.ts';

/** Where the request is about to leave the program. */
export const SEND = 'cluster.send:before#1';

/** `after the next run`: when another process has carried the plan out. `before the next run`: when none has looked. */
export const LATE_REQUESTS = ['after the next run', 'before the next run'] as const;

const ARRIVED_WITHIN_MS = 10_000;

/**
 * The request leaves the program and hangs in the network; the program is killed; the request arrives later, with
 * nobody left to read the answer.
 */
export async function playLateRequest(
  world: TrialWorld,
  proxy: HoldingProxy,
  moment: string,
): Promise<boolean> {
  world.ask();
  const done = world.approveUntilDone();
  const [isLate] = await Promise.all([dieWithRequestUnderWay(world, proxy, moment), done]);
  if (moment === 'after the next run') proxy.release();
  const arrived = isLate && (await hasArrived(world, moment));
  await world.settle();
  return arrived;
}

async function dieWithRequestUnderWay(
  world: TrialWorld,
  proxy: HoldingProxy,
  moment: string,
): Promise<boolean> {
  if (!(await untilStoppedAt(world, SEND))) return false;
  proxy.hold();
  world.signal('SIGCONT');
  await world.until('the request is under way', () => proxy.heldBytes > 0);
  await sleep(300);
  proxy.letNewThrough();
  world.kill();
  if (moment === 'before the next run') proxy.release();
  return true;
}

/** The API server's own log tells that it came: refused when the next run has acted, obeyed when it has not. */
async function hasArrived({ backend, deployment }: TrialWorld, moment: string): Promise<boolean> {
  const deadline = performance.now() + ARRIVED_WITHIN_MS;
  while (performance.now() < deadline) {
    const writes = await backend.writesTo(deployment);
    if (moment === 'before the next run' && writes.length > 0) return true;
    if (writes.some(({ code }) => code >= 400)) return true;
    await sleep(200);
  }
  return false;
}
