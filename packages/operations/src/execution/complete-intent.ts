import type { IntentId, IntentOutcome, StoreChange } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';

/** Records how an intent ended; nothing for one whose end is recorded already. */
export function completeIntent(
  context: OperationsContext,
  id: IntentId | undefined,
  outcome: IntentOutcome,
): readonly StoreChange[] {
  if (id === undefined) return [];
  return [{ kind: 'intent.complete', id, outcome, completedAt: context.clock.now() }];
}
