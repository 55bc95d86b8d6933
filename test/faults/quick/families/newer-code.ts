import { setTimeout as sleep } from 'node:timers/promises';
import { isOpsError, isTerminal, type PlanId, type PlanStatus } from '@jamie/core';
import { type Asked, askForPlans, endsOf } from '../ask-for-plans.ts';
import type { Played } from '../family.ts';
import type { QuickTrial } from '../quick-trial.ts';
import { anyKinds } from './random-deaths.ts';
import { openStoredData, type StoredData, type StoredPlan } from './stored-data.ts';

const PLANS = 3;
/** Under what names plans and what is decided about them are kept. */
const DECISIONS = ['plans', 'votes', 'intents', 'audit'];

/** The data was written by newer code: it is refused by name and left as it is. */
export async function meetNewerSchema(trial: QuickTrial): Promise<Played> {
  await trial.begin();
  const asked = await askForPlans(trial, PLANS, () => anyKinds(trial, 1));
  trial.revives = false;
  for (const replica of trial.replicas) replica.die();
  await trial.bury();
  const data = await openStoredData(trial);
  await data.raiseSchema(trial.dice.between(1, 5));
  const before = await data.contents();
  try {
    await trial.startReplica();
    trial.violations.push('I3: old code opened a newer schema');
  } catch (error) {
    if (!isOpsError(error, 'config_invalid') || !error.userMessage?.includes('newer version')) throw error;
  }
  if ((await data.contents()) !== before) trial.violations.push('I3: old code wrote to a newer schema');
  await data.close();
  await refuseWrites(trial);
  return { faults: 1, trials: asked.length, ended: 'refused a newer schema' };
}

/** A plan carries what this code does not know: nothing is done about it, and the error names it. */
export async function meetNewerRecord(trial: QuickTrial): Promise<Played> {
  await trial.begin();
  const asked = await askForPlans(trial, PLANS, () => anyKinds(trial, 1));
  const data = await openStoredData(trial);
  const form = trial.dice.oneOf(FORMS);
  for (const { record } of asked) await data.changePlan(record.plan.id, form);
  const before = await data.contents(DECISIONS);
  const [replica] = trial.replicas;
  for (const { record } of asked) {
    const planId = record.plan.id;
    const ballot = { planId, principal: trial.person(1), decision: 'approve' } as const;
    const outcomes = await Promise.all([
      replica?.operations.vote(ballot).catch((error: unknown) => error),
      replica?.operations.execute(planId).catch((error: unknown) => error),
    ]);
    for (const outcome of outcomes)
      if (!isRefusal(outcome, planId))
        trial.violations.push(`I3: a record of newer code was taken: ${JSON.stringify(outcome)}`);
  }
  if ((await data.contents(DECISIONS)) !== before)
    trial.violations.push('I3: old code wrote about records of newer code');
  await data.close();
  await refuseWrites(trial);
  return { faults: PLANS, trials: PLANS, ended: 'refused newer records' };
}

function isRefusal(outcome: unknown, planId: PlanId): boolean {
  if (!isOpsError(outcome, 'internal')) return false;
  const { userMessage = '' } = outcome;
  return userMessage.includes(planId) && userMessage.includes('newer version');
}

/**
 * A rolling upgrade: the first process of the new version takes plans on which old ones are at work, and leaves them in
 * its own form. The old processes refuse those and finish the others; then the new version has all to itself.
 */
export async function upgradeWhileRunning(trial: QuickTrial): Promise<Played> {
  const { dice } = trial;
  await trial.begin(2);
  const asked = await askForPlans(trial, PLANS, () => anyKinds(trial, 2));
  const data = await openStoredData(trial);
  const taking = takeOver(trial, asked, data);
  await Promise.all(asked.map(({ record }) => trial.approve(record)));
  const taken = await taking.begin();
  const ids = asked.map(({ record }) => record.plan.id);
  await trial.untilEnded(ids.filter((id) => !taken.has(id)));
  await sleep(dice.between(0, 1_500));
  trial.revives = false;
  for (const replica of trial.replicas) replica.die();
  await trial.bury();
  for (const id of taken) await data.changePlan(id, inOldForm);
  await data.close();
  trial.onBoundary = () => undefined;
  trial.revives = true;
  for (let count = 0; count < 2; count += 1) await trial.startReplica();
  const records = await trial.untilEnded(ids);
  return {
    faults: taken.size,
    trials: taken.size,
    // Old code gives a job up whose record it cannot read; the sweep of the new version asks for it again.
    expected: { mayFailJobs: true },
    ended: `upgraded under way: ${endsOf(records)}`,
  };
}

/** From `begin` on one or two plans become newer at boundaries that chance picks; resolves to which. */
function takeOver(trial: QuickTrial, asked: readonly Asked[], data: StoredData) {
  const taken = new Set<PlanId>();
  const wanted = asked.slice(0, trial.dice.between(1, 2)).map(({ record }) => record.plan.id);
  const form = trial.dice.oneOf(FORMS);
  const orders = wanted.map(() => trial.dice.between(1, 40));
  return {
    async begin(): Promise<ReadonlySet<PlanId>> {
      const work: Promise<void>[] = [];
      const take = async (id: PlanId) => {
        if (await data.changePlan(id, (plan) => (isOver(plan) ? undefined : form(plan)))) taken.add(id);
      };
      let passed = 0;
      trial.onBoundary = () => {
        passed += 1;
        for (const [index, order] of orders.entries()) {
          const id = wanted[index];
          if (order === passed && id !== undefined) work.push(take(id));
        }
      };
      const last = Math.max(...orders);
      await trial.until('the new version has come, or all is done', async () => {
        if (passed >= last) return true;
        const ids = asked.map(({ record }) => record.plan.id).filter((id) => !taken.has(id));
        const records = await Promise.all(ids.map((id) => trial.store.findPlan(id).catch(() => undefined)));
        return records.every((record) => record !== undefined && isTerminal(record.status));
      });
      trial.onBoundary = () => undefined;
      await Promise.all(work);
      return taken;
    },
  };
}

function isOver({ status }: StoredPlan): boolean {
  return isTerminal(status as PlanStatus);
}

/** What newer code may leave behind: what it was is kept beside, so that it can be told again. */
const FORMS: readonly ((plan: StoredPlan) => StoredPlan)[] = [
  (plan) => ({ ...plan, status: 'simmering', was: { status: plan.status } }),
  (plan) => ({ ...plan, plan: { newerThan: 'this' }, was: { plan: plan['plan'] ?? null } }),
  (plan) => ({ ...plan, reason: { text: plan['reason'] ?? '' }, was: { reason: plan['reason'] ?? '' } }),
];

/** The form that this code knows, as the code of the new version reads its own. */
function inOldForm({ was, ...plan }: StoredPlan): StoredPlan {
  return { ...plan, ...(was as object) } as StoredPlan;
}

async function refuseWrites(trial: QuickTrial): Promise<void> {
  const writes = await trial.site.backend.writesOf(trial.name);
  if (writes.length > 0)
    trial.violations.push(`I3: ${writes.length} writes from records that old code cannot read`);
}
