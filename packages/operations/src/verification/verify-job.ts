import type { PlanRecord, StoreChange } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';

/** The next look at a plan's target. One job per look, so that a crash loses at most one look. */
export function verifyJobChange(context: OperationsContext, record: PlanRecord, tick: number): StoreChange {
  const isWatching = record.status === 'watching';
  const delayMs =
    tick === 0 ? 0 : isWatching ? context.timing.watchIntervalMs : context.timing.verifyIntervalMs;
  const { plan } = record;
  return {
    kind: 'outbox.add',
    job: {
      name: 'operations.verify',
      payload: { planId: plan.id, tick },
      // The version keeps looks of the change and of its rollback apart.
      deduplicationId: `verify:${plan.id}:${record.version}:${tick}`,
      ...(delayMs > 0 && { runAt: context.clock.now() + delayMs }),
      correlationId: plan.correlationId,
    },
  };
}

export function rollbackJobChange(record: PlanRecord): StoreChange {
  const { plan } = record;
  return {
    kind: 'outbox.add',
    job: {
      name: 'operations.rollback',
      payload: { planId: plan.id },
      deduplicationId: `rollback:${plan.id}`,
      correlationId: plan.correlationId,
    },
  };
}
