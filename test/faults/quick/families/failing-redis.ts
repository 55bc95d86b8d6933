import { setTimeout as sleep } from 'node:timers/promises';
import { isOpsError } from '@jamie/core';
import { approveAll, askForPlans, endsOf, HitPlans } from '../ask-for-plans.ts';
import type { Family, Played } from '../family.ts';
import type { QuickTrial } from '../quick-trial.ts';
import { anyKinds } from './random-deaths.ts';

const PLANS = 4;
const LOSSES = ['emptied', 'killed', 'killed and empty', 'wrong policy'] as const;

/** F5: Redis loses all that it holds, dies, or may throw work away. */
export const lostRedis: Family = {
  id: 'F5',
  title: 'Redis emptied, killed, restarted empty, or with a policy that drops work',
  pairs: ['full'],
  sample: 5,
  async play(trial) {
    const loss = trial.dice.oneOf(LOSSES);
    if (loss === 'wrong policy') return refuseWrongPolicy(trial);
    const redis = await trial.lane.redis();
    return playOutage(trial, async () => {
      if (loss === 'emptied') await redis.command('FLUSHALL');
      else {
        await redis.kill();
        await sleep(trial.dice.between(0, 300));
        await redis.restart();
        if (loss === 'killed and empty') await redis.command('FLUSHALL');
      }
    });
  },
};

/** F6: Redis cannot be reached for a while; what it has lost meanwhile is that of a replica that was behind. */
export const awayRedis: Family = {
  id: 'F6',
  title: 'Redis unreachable for a while, back with or without its last writes',
  pairs: ['full'],
  sample: 5,
  async play(trial) {
    return playOutage(trial, async () => {
      const lines = trial.replicas.flatMap(({ storage }) => storage.line ?? []);
      for (const line of lines) line.goAway();
      await sleep(trial.dice.between(100, 2_500));
      const redis = await trial.lane.redis();
      if (trial.dice.chance(0.3)) await redis.command('FLUSHALL');
      for (const line of lines) line.comeBack();
    });
  },
};

/** Plans go on while something happens to Redis, at a boundary that chance picks. */
async function playOutage(trial: QuickTrial, happen: () => Promise<void>): Promise<Played> {
  const hit = new HitPlans(trial);
  let after = trial.dice.between(1, 120);
  let happening: Promise<void> | undefined;
  trial.onBoundary = () => {
    after -= 1;
    if (after > 0 || happening !== undefined) return;
    hit.happenNow();
    happening = happen();
  };
  await trial.begin();
  const asked = await askForPlans(trial, PLANS, () => anyKinds(trial, 2));
  const records = await approveAll(trial, asked);
  await happening;
  const faults = await hit.count();
  return { faults, trials: faults, expected: {}, ended: endsOf(records) };
}

/** A Redis that may drop jobs is refused by name, and nothing is begun. */
async function refuseWrongPolicy(trial: QuickTrial): Promise<Played> {
  const redis = await trial.lane.redis();
  const policy = trial.dice.oneOf(['allkeys-lru', 'volatile-lru', 'allkeys-random', 'volatile-ttl']);
  await redis.command('CONFIG', 'SET', 'maxmemory-policy', policy);
  try {
    await trial.begin(1);
    trial.violations.push(`I2: Redis with ${policy} was taken`);
  } catch (error) {
    if (!isOpsError(error, 'config_invalid') || !error.userMessage?.includes('noeviction')) throw error;
  } finally {
    await redis.command('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
  }
  return { faults: 1, ended: `refused ${policy}` };
}
