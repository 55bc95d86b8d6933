import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOpsError, type PlanRecord } from '@jamie/core';
import { approveAll, askForPlans, endsOf } from '../ask-for-plans.ts';
import type { Played } from '../family.ts';
import { FIELD_KINDS } from '../make-change.ts';
import type { QuickTrial } from '../quick-trial.ts';

const PLANS = 4;
const PAGE_BYTES = 4_096;

/** The disk takes nothing more while approved plans wait: no effect without a stored intent; with space, all go on. */
export async function fillDisk(trial: QuickTrial): Promise<Played> {
  const { dice } = trial;
  await trial.begin();
  const asked = await askForPlans(trial, PLANS, () => [dice.oneOf(FIELD_KINDS)]);
  trial.revives = false;
  for (const replica of trial.replicas) replica.die();
  await trial.bury();
  const pages = dice.between(0, 3);
  const bytes = statSync(join(trial.directory, 'jamie.db')).size + pages * PAGE_BYTES;
  const full = await trial.startReplica({ maxBytes: bytes }).catch((error: unknown) => {
    if (!isOpsError(error, 'unavailable')) throw error;
    return undefined;
  });
  let refused = full === undefined ? PLANS : 0;
  for (const { record } of full === undefined ? [] : asked) {
    const ballot = { planId: record.plan.id, principal: trial.person(1), decision: 'approve' } as const;
    for (let click = 0; click < 40 && refused === 0; click += 1) {
      await full?.operations.vote(ballot).catch((error: unknown) => {
        if (!isOpsError(error, 'unavailable') || !error.userMessage?.includes('space')) throw error;
        refused += 1;
      });
    }
  }
  full?.die();
  await trial.bury();
  trial.revives = true;
  await trial.startReplica();
  const records = await approveAll(trial, asked);
  return {
    faults: refused,
    trials: refused > 0 ? PLANS : 0,
    expected: {},
    ended: `disk full: ${endsOf(records)}`,
  };
}

/** Bytes of the database or of its log are others after everything has died: it is refused, or nothing is done twice. */
export async function damageFile(trial: QuickTrial): Promise<Played> {
  const { dice } = trial;
  await trial.begin();
  const asked = await askForPlans(trial, PLANS, () => [dice.oneOf(FIELD_KINDS)]);
  trial.revives = false;
  let after = dice.between(20, 160);
  trial.onBoundary = (replica) => {
    after -= 1;
    if (after === 0) replica.die();
  };
  const waiting = asked.map(({ record }) => trial.approve(record).catch(() => undefined));
  await trial.until('the process is dead or done', async () => {
    const records = await trial.store.listPlans({ limit: 100 });
    return after <= 0 || records.every(({ status }) => status === 'succeeded');
  });
  for (const replica of trial.replicas) replica.die();
  await Promise.all([...waiting, trial.bury()]);
  const before = await trial.site.backend.writesOf(trial.name);
  await trial.closeInspector();
  const what = flip(trial);
  trial.onBoundary = () => undefined;
  trial.revives = true;
  const ended = await goOn(
    trial,
    asked.map(({ record }) => record),
  );
  const writes = (await trial.site.backend.writesOf(trial.name)).filter(({ code }) => code < 300);
  const names = new Set(writes.map(({ name }) => name));
  if (writes.length > names.size) trial.violations.push(`I1: ${what}: something was done twice`);
  if (ended.startsWith('refused') && writes.length > before.filter(({ code }) => code < 300).length)
    trial.violations.push(`I3: ${what}: refused, and something was written`);
  return { faults: 1, trials: PLANS, ended: `${what}: ${ended}` };
}

/** Another byte, somewhere in the last page or anywhere in the log. */
function flip(trial: QuickTrial): string {
  const path = join(trial.directory, 'jamie.db');
  const log = `${path}-wal`;
  const hasLog = existsSync(log) && statSync(log).size > 0;
  const isLog = hasLog && trial.dice.chance(0.5);
  const bytes = readFileSync(isLog ? log : path);
  const least = isLog ? 32 : Math.max(100, bytes.length - PAGE_BYTES);
  for (let count = 0; count < 16; count += 1) {
    const at = trial.dice.between(least, bytes.length - 1);
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  }
  writeFileSync(isLog ? log : path, bytes);
  return isLog ? 'damaged log' : 'damaged page';
}

/** Opens what was damaged. A refusal says what is wrong; what opens goes on, and somebody votes again where that was lost. */
async function goOn(trial: QuickTrial, asked: readonly PlanRecord[]): Promise<string> {
  try {
    await trial.openInspector();
    await trial.startReplica();
    const known = await trial.store.listPlans({ limit: 100 });
    const left = asked.filter(({ plan }) => known.some((record) => record.plan.id === plan.id));
    await Promise.all(left.map((record) => trial.approve(record)));
    return `went on: ${endsOf(
      await trial.untilEnded(
        left.map(({ plan }) => plan.id),
        20_000,
      ),
    )}`;
  } catch (error) {
    if (isOpsError(error, 'internal') && error.userMessage !== undefined) return 'refused';
    throw error;
  }
}
