import type { IntentOutcome, KubeObject, OpsError } from '@jamie/core';
import { isOpsError } from '@jamie/core';
import type { StepRun } from './step-run.ts';

/** What became of one request. */
export type Sent =
  | { readonly kind: 'applied'; readonly outcome: IntentOutcome }
  /** Only the object itself can tell. After a refusal for being out of date the request has not arrived. */
  | { readonly kind: 'look_again'; readonly mayHaveArrived: boolean }
  | { readonly kind: 'blocked'; readonly reason: string }
  | { readonly kind: 'rejected'; readonly reason: string };

/** Sends the request of a step with the object as it was read for precondition. Throws what may go away by itself. */
export async function sendStep(
  { connection, step, permit }: Pick<StepRun, 'connection' | 'step' | 'permit'>,
  live: KubeObject | undefined,
): Promise<Sent> {
  try {
    const after = await connection.writer.send(step.request, live?.metadata.resourceVersion, permit);
    return {
      kind: 'applied',
      outcome: { kind: 'applied', resourceVersion: after?.metadata.resourceVersion ?? '' },
    };
  } catch (error) {
    if (!isOpsError(error)) throw error;
    return meaningOf(error, step.request.verb);
  }
}

function meaningOf(error: OpsError, verb: StepRun['step']['request']['verb']): Sent {
  switch (error.code) {
    case 'conflict':
      return isOwnersConflict(error) ? rejected(error) : { kind: 'look_again', mayHaveArrived: false };
    case 'timeout':
    case 'unavailable':
      return { kind: 'look_again', mayHaveArrived: true };
    case 'not_found':
      // Without an object to find it is the namespace that is not there.
      return verb === 'create' || verb === 'apply'
        ? rejected(error)
        : { kind: 'look_again', mayHaveArrived: false };
    case 'rate_limited':
      if (error.details['reason'] !== 'disruption_budget') throw error;
      return { kind: 'blocked', reason: error.userMessage ?? error.message };
    case 'forbidden':
    case 'policy_denied':
    case 'invalid_input':
      return rejected(error);
    default:
      throw error;
  }
}

/** Fields that belong to another manager stay theirs, however often one looks. */
function isOwnersConflict({ details }: OpsError): boolean {
  const conflicts = details['conflicts'];
  return Array.isArray(conflicts) && conflicts.length > 0;
}

function rejected(error: OpsError): Sent {
  return { kind: 'rejected', reason: error.userMessage ?? error.message };
}
