import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isOpsError, type PlanId } from '@jamie/core';
import { approveAll, askForPlans, endsOf, HitPlans } from '../ask-for-plans.ts';
import type { Family, Played } from '../family.ts';
import type { QuickTrial } from '../quick-trial.ts';
import { anyKinds } from './random-deaths.ts';

const PLANS = 3;

/** F25: two processes each take themselves for the only one, and old code meets what newer code wrote. */
export const splitBrain: Family = {
  id: 'F25',
  title: 'two processes execute at once; old code meets a newer schema or newer records',
  sample: 8,
  whole: 400,
  async play(trial) {
    const { dice } = trial;
    const how =
      trial.spec.pair === 'full' ? 'both' : dice.oneOf(['both', 'both', 'newer schema', 'newer record']);
    if (how === 'newer schema') return meetNewerSchema(trial);
    if (how === 'newer record') return meetNewerRecord(trial);
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

/** The file was written by newer code: it is refused by name and left as it is. */
async function meetNewerSchema(trial: QuickTrial): Promise<Played> {
  await trial.begin();
  const asked = await askForPlans(trial, PLANS, () => anyKinds(trial, 1));
  trial.revives = false;
  for (const replica of trial.replicas) replica.die();
  await trial.bury();
  edit(trial, (file) => {
    const version = Number(file.prepare('PRAGMA user_version').get()?.['user_version']);
    file.exec(`PRAGMA user_version = ${version + trial.dice.between(1, 5)}`);
  });
  try {
    await trial.startReplica();
    trial.violations.push('I3: old code opened a newer schema');
  } catch (error) {
    if (!isOpsError(error, 'config_invalid') || !error.userMessage?.includes('newer version')) throw error;
  }
  await refuseWrites(trial);
  return { faults: 1, trials: asked.length, ended: 'refused a newer schema' };
}

/** A plan carries what this code does not know: nothing is done about it, and the error names it. */
async function meetNewerRecord(trial: QuickTrial): Promise<Played> {
  await trial.begin();
  const asked = await askForPlans(trial, PLANS, () => anyKinds(trial, 1));
  edit(trial, (file) => {
    file.exec(
      trial.dice.oneOf([
        `UPDATE plans SET record = json_set(record, '$.status', 'simmering')`,
        `UPDATE plans SET record = json_set(record, '$.plan.operation.kind', 'teleport')`,
        `UPDATE plans SET record = json_set(record, '$.plan.steps[0].request.verb', 'conjure')`,
      ]),
    );
  });
  const [replica] = trial.replicas;
  for (const { record } of asked) {
    const ballot = { planId: record.plan.id, principal: trial.person(1), decision: 'approve' } as const;
    const outcome = await replica?.operations.vote(ballot).catch((error: unknown) => error);
    if (!isOpsError(outcome, 'internal') || !outcome.userMessage?.includes(record.plan.id))
      trial.violations.push(`I3: a record of newer code was voted on: ${JSON.stringify(outcome)}`);
  }
  await refuseWrites(trial);
  return { faults: PLANS, trials: PLANS, ended: 'refused newer records' };
}

function edit(trial: QuickTrial, change: (file: DatabaseSync) => void): void {
  const file = new DatabaseSync(join(trial.directory, 'jamie.db'), { timeout: 5_000 });
  change(file);
  file.close();
}

async function refuseWrites(trial: QuickTrial): Promise<void> {
  const writes = await trial.site.backend.writesOf(trial.name);
  if (writes.length > 0)
    trial.violations.push(`I3: ${writes.length} writes from records that old code cannot read`);
}
