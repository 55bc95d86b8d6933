import { setTimeout as sleep } from 'node:timers/promises';
import { EXECUTION_LEASE_MS, JOB_LEASE_MS } from '../program.ts';
import { TrialOver, type TrialWorld } from '../trial-world.ts';

/** Longer than every lease that the program may hold when it stops. */
const STOPPED_MS = EXECUTION_LEASE_MS + JOB_LEASE_MS + 1_000;

/** The program stops at a boundary as if frozen, outlives its leases, and goes on as if nothing had happened. */
export async function playStop(world: TrialWorld, boundary: string): Promise<boolean> {
  world.ask();
  const [wasStopped] = await Promise.all([freezeAndThaw(world, boundary), world.approveUntilDone()]);
  await world.settle();
  return wasStopped;
}

async function freezeAndThaw(world: TrialWorld, boundary: string): Promise<boolean> {
  if (!(await untilStoppedAt(world, boundary))) return false;
  const passed = world.program.boundaries().length;
  await sleep(STOPPED_MS);
  const wasStopped = world.program.boundaries().length === passed;
  world.signal('SIGCONT');
  return wasStopped;
}

/** Waits for the log line that the program writes just before it stops. False: it is done and has not come there. */
export async function untilStoppedAt(world: TrialWorld, boundary: string): Promise<boolean> {
  const isThere = () => world.program.boundaries().includes(boundary);
  await world.until(`the program reaches ${boundary}`, () => isThere() || world.isOver);
  // Between the line and the stop lies one system call.
  await sleep(200);
  if (world.violations.length > 0) throw new TrialOver();
  return isThere();
}
