import type { Plan, StoreChange } from '@jamie/core';

/** Why a plan is carried out another time, and when. */
export interface ExecuteAgain {
  /** What tells this time from the others. */
  readonly occasion: string;
  /** Milliseconds since 1970; absent: now. */
  readonly runAt?: number;
}

/** The job that carries out an approved plan: one for each plan and occasion, however often it is asked for. */
export function executeChange(
  { id, correlationId }: Pick<Plan, 'id' | 'correlationId'>,
  again?: ExecuteAgain,
): StoreChange {
  return {
    kind: 'outbox.add',
    job: {
      name: 'operations.execute',
      payload: { planId: id },
      deduplicationId: again === undefined ? `execute:${id}` : `execute:${id}:${again.occasion}`,
      ...(again?.runAt !== undefined && { runAt: again.runAt }),
      correlationId,
    },
  };
}
