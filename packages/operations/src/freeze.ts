import type { CorrelationId, FreezeState, Principal, StoreChange } from '@jamie/core';
import { OpsError, redactSecrets } from '@jamie/core';
import type { OperationsContext } from './operations-context.ts';

/** Most approved plans that one unfreeze starts; the recovery sweep takes the rest. */
const HELD_LIMIT = 500;

export type FreezeResult =
  | { readonly kind: 'switched'; readonly state: FreezeState; readonly plans: number }
  | { readonly kind: 'unchanged'; readonly state: FreezeState };

/**
 * Stops every new execution at once, or lets them go again. Approved plans are held and start when it is lifted, unless
 * they have expired; a rollback under way is never stopped.
 */
export async function switchFreeze(
  context: OperationsContext,
  frozen: boolean,
  by: Principal,
  words: string,
  correlationId: CorrelationId,
): Promise<FreezeResult> {
  const before = await context.store.readFreeze();
  if (before.frozen === frozen) return { kind: 'unchanged', state: before };
  const now = context.clock.now();
  const reason = redactSecrets(words);
  const state: FreezeState = { frozen, reason, by, at: now, version: before.version + 1 };
  const held = await context.store.listPlans({ statuses: ['approved'], limit: HELD_LIMIT });
  const wake: readonly StoreChange[] = frozen
    ? []
    : held.map((record) => ({
        kind: 'outbox.add',
        job: {
          name: 'operations.execute',
          payload: { planId: record.plan.id },
          deduplicationId: `execute:${record.plan.id}:unfreeze-${state.version}`,
          correlationId: record.plan.correlationId,
        },
      }));
  const result = await context.store.commit([
    { kind: 'freeze.put', state, expectedVersion: before.version },
    ...wake,
    {
      kind: 'audit.append',
      entry: {
        at: now,
        kind: frozen ? 'freeze' : 'unfreeze',
        actor: by.id,
        correlationId,
        details: { reason },
      },
    },
  ]);
  if (result.kind === 'committed') return { kind: 'switched', state, plans: held.length };
  throw new OpsError('conflict', 'the freeze was switched by somebody else at the same time', {
    retryable: true,
    retryAfterMs: 0,
  });
}
