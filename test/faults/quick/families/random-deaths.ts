import { approveAll, askForPlans, endsOf, HitPlans } from '../ask-for-plans.ts';
import type { Family } from '../family.ts';
import { CHANGE_KINDS, type ChangeKind } from '../make-change.ts';
import type { QuickTrial } from '../quick-trial.ts';
import { needing } from './racing-votes.ts';

/** A plan passes about this many boundaries for each of its steps. */
const BOUNDARIES = 45;
const PLANS = 4;

/** F1: one process after another dies at a boundary that chance picks, one to three of them. */
export const randomDeaths: Family = {
  id: 'F1',
  title: 'killed at random boundaries, up to three times',
  sample: 5,
  async play(trial) {
    const hit = dieAtRandom(trial, trial.dice.between(1, 3), BOUNDARIES * PLANS);
    await trial.begin();
    const asked = await askForPlans(trial, PLANS, () => anyKinds(trial, 2));
    const records = await approveAll(trial, asked);
    const faults = await hit.count();
    return { faults, trials: faults, expected: {}, ended: endsOf(records) };
  },
};

/** F2: the whole service dies with a hundred plans in mixed states, once or twice. */
export const deathOfAll: Family = {
  id: 'F2',
  title: 'killed with a hundred plans in mixed states',
  sample: 1,
  limitMs: 900_000,
  async play(trial) {
    // A hundred people take their time.
    trial.policy = needing(1, 24 * 3_600_000);
    await trial.begin();
    const asked = await askForPlans(trial, 100, () => [
      trial.dice.oneOf(['label', 'annotate', 'suspend', 'delete']),
    ]);
    const half = asked.filter((_, index) => index % 2 === 0);
    const first = Promise.all(half.map(({ record }) => trial.approve(record)));
    const hit = dieAtRandom(trial, trial.dice.between(1, 2), 1_500);
    await first;
    const records = await approveAll(trial, asked, 600_000);
    const faults = await hit.count();
    return { faults, trials: faults, expected: { mostRequests: 1_000 }, ended: endsOf(records) };
  },
};

/** Steps of one plan, as many as `most`. */
export function anyKinds({ dice }: QuickTrial, most: number): readonly ChangeKind[] {
  return Array.from({ length: dice.between(1, most) }, () => dice.oneOf(CHANGE_KINDS));
}

/** Orders this many deaths, each at the n-th boundary of its process from now on. */
function dieAtRandom(trial: QuickTrial, deaths: number, within: number): HitPlans {
  const orders = Array.from({ length: deaths }, () => trial.dice.between(1, within));
  const hit = new HitPlans(trial);
  let passed = 0;
  trial.onBoundary = (replica) => {
    passed += 1;
    const [order] = orders;
    if (order === undefined || passed < order) return;
    orders.shift();
    passed = 0;
    hit.happenNow();
    replica.die();
  };
  return hit;
}
