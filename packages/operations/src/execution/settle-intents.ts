import type { ClusterReader, Intent, PlanRecord, Step, StoreChange } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';
import { compareLive } from './compare-plan.ts';
import { completeIntent } from './complete-intent.ts';
import { unknownOutcome } from './intent-outcome.ts';
import { readLive } from './read-live.ts';

/**
 * What a run that was interrupted left open, as the cluster shows it now: which of the requests that may have been sent
 * have had their effect. Throws only what may pass by itself.
 */
export async function settleIntents(
  context: OperationsContext,
  record: PlanRecord,
  reader: ClusterReader,
  intents: readonly Intent[],
): Promise<readonly StoreChange[]> {
  const { steps, requester } = record.plan;
  const changes: StoreChange[] = [];
  for (const intent of intents) {
    const step = steps.find(({ id }) => id === intent.stepId);
    if (intent.phase !== 'execute' || intent.outcome !== undefined || step === undefined) continue;
    const live = await readLive(reader, step.target.ref, requester.kubernetes);
    const resourceVersion = live.kind === 'found' ? live.object.metadata.resourceVersion : '';
    changes.push(
      ...settle(context, intent, step, compareLive(step, live, context.digest).kind, resourceVersion),
    );
  }
  return changes;
}

function settle(
  context: OperationsContext,
  intent: Intent,
  step: Step,
  seen: ReturnType<typeof compareLive>['kind'],
  resourceVersion: string,
): readonly StoreChange[] {
  switch (seen) {
    case 'in_effect':
      return completeIntent(context, intent.id, { kind: 'already_applied', resourceVersion });
    case 'as_previewed':
      return completeIntent(context, intent.id, { kind: 'not_applied', reason: 'it never arrived' });
    default: {
      const { kind, name } = step.target.ref;
      return completeIntent(context, intent.id, unknownOutcome(`${kind} ${name} tells neither way any more`));
    }
  }
}
