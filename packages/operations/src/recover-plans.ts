import type { JobRequest, PlanRecord, PlanStatus } from '@jamie/core';
import { remindOfReviews } from './approval/remind-of-reviews.ts';
import type { OperationsContext } from './operations-context.ts';

/** Statuses in which a plan is owed work, and the job that does it. */
const OWED: Readonly<Partial<Record<PlanStatus, string>>> = {
  awaiting_approval: 'operations.expire',
  approved: 'operations.execute',
  executing: 'operations.execute',
  verifying: 'operations.verify',
  watching: 'operations.verify',
  rolling_back: 'operations.rollback',
  verifying_rollback: 'operations.verify',
};

const SWEEP_LIMIT = 1_000;

/**
 * Asks again for the work of plans that have not moved for `quietMs`, and for the end of those that nobody decided in
 * time, so that a lost job costs only time; and tells the owners of reviews that are overdue. Repeating it asks once per
 * version of a plan and minute.
 */
export async function recoverPlans(context: OperationsContext, quietMs: number): Promise<number> {
  await remindOfReviews(context);
  const now = context.clock.now();
  const statuses = Object.keys(OWED) as PlanStatus[];
  const records = await context.store.listPlans({ statuses, limit: SWEEP_LIMIT });
  const { frozen } = await context.store.readFreeze();
  const quiet = records.filter((record) => isOwed(record, frozen) && now - owedSince(record) >= quietMs);
  const jobs = quiet.flatMap((record) => jobOf(record, now));
  if (jobs.length > 0) await context.store.commit(jobs.map((job) => ({ kind: 'outbox.add', job })));
  return jobs.length;
}

function isOwed({ status }: PlanRecord, frozen: boolean): boolean {
  return !(status === 'approved' && frozen);
}

/** A plan that waits for a decision is owed nothing before it expires. */
function owedSince({ status, updatedAt, plan }: PlanRecord): number {
  return status === 'awaiting_approval' ? Math.max(updatedAt, plan.expiresAt) : updatedAt;
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
