import type { Plan, StoreChange } from '@jamie/core';

/** The job that carries out an approved plan: one for each plan, however often it is asked for. */
export function executeChange({ id, correlationId }: Pick<Plan, 'id' | 'correlationId'>): StoreChange {
  return {
    kind: 'outbox.add',
    job: {
      name: 'operations.execute',
      payload: { planId: id },
      deduplicationId: `execute:${id}`,
      correlationId,
    },
  };
}
