import type { PlanRecord } from '@jamie/core';
import { OpsError } from '@jamie/core';
import { type MoveOptions, movePlan } from '../move-plan.ts';
import type { OperationsContext } from '../operations-context.ts';

/** Moves a plan that is being carried out; a lost race is run again, for the next run reads the record anew. */
export async function moveOrRetry(
  context: OperationsContext,
  record: PlanRecord,
  options: MoveOptions,
): Promise<void> {
  await movedOrRetry(context, record, options);
}

/** Like moveOrRetry; returns the record as it is now. */
export async function movedOrRetry(
  context: OperationsContext,
  record: PlanRecord,
  options: MoveOptions,
): Promise<PlanRecord> {
  const moved = await movePlan(context, record, options);
  if (moved.kind === 'moved') return moved.record;
  throw new OpsError('conflict', 'plan moved while it was being carried out', {
    retryable: true,
    retryAfterMs: 0,
  });
}
