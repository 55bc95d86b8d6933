import { approveAll, askForPlans, endsOf, HitPlans } from '../ask-for-plans.ts';
import type { Family } from '../family.ts';
import { needing } from './racing-votes.ts';
import { anyKinds } from './random-deaths.ts';

const PLANS = 4;
const TEN_MINUTES_MS = 600_000;
/** A minute by the wall, in which everything here is begun on the busiest machine. */
const EXPIRY_MS = 480_000;

/** F20: the machines' clocks differ by up to twenty minutes and are set while work goes on, backwards too. */
export const setClocks: Family = {
  id: 'F20',
  title: 'clocks ten minutes off, set forward and back',
  sample: 5,
  async play(trial) {
    const { dice } = trial;
    const hit = new HitPlans(trial);
    // Sooner than the clocks are apart.
    trial.policy = needing(1, EXPIRY_MS);
    let settings = dice.between(1, 3);
    let after = dice.between(1, 80);
    trial.onBoundary = ({ clock }) => {
      after -= 1;
      if (settings === 0 || after > 0) return;
      settings -= 1;
      after = dice.between(1, 60);
      hit.happenNow();
      clock.offsetMs += dice.oneOf([-1, 1]) * dice.between(1_000, TEN_MINUTES_MS);
    };
    await trial.begin(2);
    for (const { clock } of trial.replicas) clock.offsetMs = dice.between(-TEN_MINUTES_MS, TEN_MINUTES_MS);
    const asked = await askForPlans(trial, PLANS, () => anyKinds(trial, 2));
    const records = await approveAll(trial, asked);
    for (const { plan, status, reason } of records) {
      if (status !== 'succeeded')
        trial.violations.push(`I6: ${plan.id} is ${status}, and nothing but clocks was moved: ${reason}`);
    }
    const faults = await hit.count();
    return { faults, trials: faults, expected: {}, ended: endsOf(records) };
  },
};
