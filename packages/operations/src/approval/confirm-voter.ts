import { isOpsError, type PersonAnswer, type PlanRecord, type Principal } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';

const NOT_ASKED =
  'I cannot find out who you are now, so your vote does not count. Try again in a minute; the plan still waits.';

/** Who casts a vote, as confirmPerson knows them. A decided plan needs no question: the answer is who decided. */
export async function confirmVoter(
  context: OperationsContext,
  { status }: PlanRecord,
  voter: Principal,
): Promise<PersonAnswer> {
  return status === 'awaiting_approval' ? confirmPerson(context, voter) : { kind: 'known', principal: voter };
}

/**
 * A voter, whom they stand in for, or who else decides, as they are known at this moment, with the groups and teams of
 * this moment: who was taken out of the file, or became a guest, since the card was shown does not vote any more. Whom
 * nobody can look at is refused with the words of `unasked`, never taken for who they were.
 */
export async function confirmPerson(
  { people, logger }: OperationsContext,
  person: Principal,
  unasked = NOT_ASKED,
): Promise<PersonAnswer> {
  try {
    return await people.confirm(person, 'vote');
  } catch (error) {
    if (!isOpsError(error)) throw error;
    logger.warn('somebody who decides could not be looked at', { person: person.id, err: error });
    return { kind: 'refused', message: unasked };
  }
}
