import { isOpsError, type PersonAnswer, type PlanRecord, type Principal } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';

const NOT_ASKED =
  'I cannot find out who you are now, so your vote does not count. Try again in a minute; the plan still waits.';

/**
 * The voter as they are known at this moment, with the groups and teams of this moment: who was taken out of the file,
 * or became a guest, since the card was shown does not vote any more. Whom nobody can look at is refused, never taken
 * for who they were.
 */
export async function confirmVoter(
  { people, logger }: OperationsContext,
  record: PlanRecord,
  voter: Principal,
): Promise<PersonAnswer> {
  // A decided plan needs no question: the answer is who decided.
  if (record.status !== 'awaiting_approval') return { kind: 'known', principal: voter };
  try {
    return await people.confirm(voter, 'vote');
  } catch (error) {
    if (!isOpsError(error)) throw error;
    logger.warn('a voter could not be looked at', { planId: record.plan.id, voter: voter.id, err: error });
    return { kind: 'refused', message: NOT_ASKED };
  }
}
