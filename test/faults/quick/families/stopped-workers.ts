import { setTimeout as sleep } from 'node:timers/promises';
import { approveAll, askForPlans, endsOf, HitPlans } from '../ask-for-plans.ts';
import type { Family } from '../family.ts';
import { SPEED } from '../process-clock.ts';
import { FULL_LEASE_MS, type QuickTrial, TIMING } from '../quick-trial.ts';
import type { Replica } from '../replica.ts';
import { REDIS_LEASE_MS } from '../storage.ts';
import { anyKinds } from './random-deaths.ts';

const PLANS = 3;
/** Longer than the execution lease and the job lease, by the wall. */
const STOPPED_MS = {
  embedded: (2 * TIMING.leaseMs) / SPEED,
  full: 1.25 * Math.max(REDIS_LEASE_MS, FULL_LEASE_MS / SPEED),
};
const STOPS = /^(cluster\.(send|find|get|reviewAccess)|commit:plan\.|job:operations\.|queue\.add)/;

/** F4: one of two processes is stopped at a boundary for longer than its leases, and goes on as a zombie. */
export const zombies: Family = {
  id: 'F4',
  title: 'stopped past its leases at a boundary, and continued',
  sample: 5,
  async play(trial) {
    const hit = new HitPlans(trial);
    let after = trial.dice.between(1, 60);
    let stops = trial.dice.between(1, 2);
    trial.onBoundary = (replica, name) => {
      if (stops === 0 || !STOPS.test(name)) return;
      after -= 1;
      if (after > 0) return;
      stops -= 1;
      after = trial.dice.between(1, 30);
      hit.happenNow();
      stopFor(replica, STOPPED_MS[trial.spec.pair]);
    };
    return playTwo(trial, hit);
  },
};

/** F3: the event loop stands still past the leases while requests are under way, which arrive late. */
export const blockedLoops: Family = {
  id: 'F3',
  title: 'event loop blocked past its leases, its requests arrive late',
  sample: 5,
  async play(trial) {
    const hit = new HitPlans(trial);
    let stops = trial.dice.between(1, 2);
    let after = trial.dice.between(0, 2);
    await trial.begin(2);
    for (const replica of trial.replicas) {
      replica.proxy.fault = ({ isWrite }) => {
        if (!isWrite || stops === 0) return undefined;
        after -= 1;
        if (after >= 0) return undefined;
        stops -= 1;
        after = trial.dice.between(0, 2);
        hit.happenNow();
        // The request arrives once the other process has taken over, and before or after its sender wakes.
        const wakesFirst = trial.dice.chance(0.5);
        const stoppedMs = STOPPED_MS[trial.spec.pair];
        stopFor(replica, stoppedMs * (wakesFirst ? 1 : 1.5));
        return { kind: 'hold', until: sleep(stoppedMs * 1.25) };
      };
    }
    return playTwo(trial, hit, true);
  },
};

async function playTwo(trial: QuickTrial, hit: HitPlans, hasBegun = false) {
  if (!hasBegun) await trial.begin(2);
  const asked = await askForPlans(trial, PLANS, () => anyKinds(trial, 2));
  const records = await approveAll(trial, asked);
  const faults = await hit.count();
  return { faults, trials: faults, expected: {}, ended: endsOf(records) };
}

function stopFor(replica: Replica, durationMs: number): void {
  replica.freeze();
  sleep(durationMs).then(
    () => replica.thaw(),
    () => undefined,
  );
}
