import type { JobRequest, PlanRecord, PlanStatus } from '@jamie/core';
import type { OperationsContext } from './operations-context.ts';

/** Statuses in which a plan is owed work, and the job that does it. */
const OWED: Readonly<Partial<Record<PlanStatus, string>>> = {
  approved: 'operations.execute',
  executing: 'operations.execute',
  verifying: 'operations.verify',
  watching: 'operations.verify',
  rolling_back: 'operations.rollback',
  verifying_rollback: 'operations.verify',
};

const SWEEP_LIMIT = 1_000;

/**
 * Asks again for the work of plans that have not moved for `quietMs`, so that a lost job costs only time. Repeating it
 * asks once per version of a plan and minute.
 */
export async function recoverPlans(context: OperationsContext, quietMs: number): Promise<number> {
  const now = context.clock.now();
  const statuses = Object.keys(OWED) as PlanStatus[];
  const records = await context.store.listPlans({ statuses, limit: SWEEP_LIMIT });
  const freeze = await context.store.readFreeze();
  const quiet = records.filter(
    (record) => now - record.updatedAt >= quietMs && !(record.status === 'approved' && freeze.frozen),
  );
  const jobs = quiet.flatMap((record) => jobOf(record, now));
  if (jobs.length > 0) await context.store.commit(jobs.map((job) => ({ kind: 'outbox.add', job })));
  return jobs.length;
}

function jobOf(record: PlanRecord, now: number): readonly JobRequest[] {
  const name = OWED[record.status];
  if (name === undefined) return [];
  const { id, correlationId } = record.plan;
  const minute = Math.floor(now / 60_000);
  const tick = name === 'operations.verify' ? { tick: minute } : {};
  return [
    {
      name,
      payload: { planId: id, ...tick },
      deduplicationId: `recover:${id}:${record.version}:${minute}`,
      correlationId,
    },
  ];
}
