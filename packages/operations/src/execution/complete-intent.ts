import type { Intent, IntentId, IntentOutcome, StoreChange } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';
import { unknownOutcome } from './intent-outcome.ts';

/** Records how an intent ended; nothing for one whose end is recorded already. */
export function completeIntent(
  context: OperationsContext,
  id: IntentId | undefined,
  outcome: IntentOutcome,
): readonly StoreChange[] {
  if (id === undefined) return [];
  return [{ kind: 'intent.complete', id, outcome, completedAt: context.clock.now() }];
}

/** Records of each intent that is still open that it may have been sent, and why nobody can look any more. */
export function completeUnknown(
  context: OperationsContext,
  intents: readonly Intent[],
  why: string,
): readonly StoreChange[] {
  return intents
    .filter(({ outcome }) => outcome === undefined)
    .flatMap(({ id }) => completeIntent(context, id, unknownOutcome(why)));
}
