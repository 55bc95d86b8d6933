import type { IntentOutcome } from '@jamie/core';

const UNKNOWN = 'unknown: ';

/** The request may have been sent, and nobody can tell any more whether it had its effect. */
export function unknownOutcome(why: string): IntentOutcome {
  return { kind: 'not_applied', reason: `${UNKNOWN}${why}` };
}

/** Whether an intent has ended without anybody knowing what became of it. */
export function isUnknown(outcome: IntentOutcome | undefined): boolean {
  return outcome?.kind === 'not_applied' && outcome.reason.startsWith(UNKNOWN);
}

/** Whether the effect that an intent was written for is there. */
export function isApplied(outcome: IntentOutcome | undefined): boolean {
  return outcome !== undefined && outcome.kind !== 'not_applied';
}
