import { isOpsError, type PlanId } from '@jamie/core';
import { approveAll, askForPlans, endsOf, HitPlans } from '../ask-for-plans.ts';
import type { Family } from '../family.ts';
import type { QuickTrial } from '../quick-trial.ts';
import { meetNewerRecord, meetNewerSchema, upgradeWhileRunning } from './newer-code.ts';
import { anyKinds } from './random-deaths.ts';

const PLANS = 3;

/** F25: two processes each take themselves for the only one, and old code meets what newer code wrote. */
export const splitBrain: Family = {
  id: 'F25',
  title: 'two processes execute at once; old code meets a newer schema, newer records, a rolling upgrade',
  sample: 5,
  async play(trial) {
    const { dice } = trial;
    const how = dice.oneOf(['both', 'both', 'newer schema', 'newer record', 'upgrade']);
    if (how === 'newer schema') return meetNewerSchema(trial);
    if (how === 'newer record') return meetNewerRecord(trial);
    if (how === 'upgrade') return upgradeWhileRunning(trial);
    const hit = new HitPlans(trial);
    await trial.begin(2);
    const asked = await askForPlans(trial, PLANS, () => anyKinds(trial, 2));
    await Promise.all(asked.map(({ record }) => trial.approve(record)));
    hit.happenNow();
    // Neither waits for its job: both execute, again and again, whatever the other does.
    await Promise.all(
      asked.flatMap(({ record }) =>
        trial.replicas.map(async ({ operations }) => {
          for (let round = 0; round < dice.between(1, 3); round += 1)
            await attempt(operations, record.plan.id);
        }),
      ),
    );
    const records = await approveAll(trial, asked);
    const faults = await hit.count();
    return { faults, trials: faults, expected: {}, ended: endsOf(records) };
  },
};

async function attempt(
  operations: QuickTrial['replicas'][number]['operations'],
  planId: PlanId,
): Promise<void> {
  try {
    await operations.execute(planId);
  } catch (error) {
    if (!isOpsError(error) || !error.retryable) throw error;
  }
}
