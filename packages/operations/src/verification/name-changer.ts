import type { PlanRecord } from '@jamie/core';
import type { OperationsContext } from '../operations-context.ts';
import { findForeignChanges } from '../remedies/find-foreign-changes.ts';
import { CHANGED_BY_OTHERS } from './observation.ts';

/**
 * Who changed what a plan had written, with the right way where there is one; a sentence without a name where nobody can
 * tell. Reads the targets live. Never throws: that the plan is not judged any more is said in any case.
 */
export async function nameChanger(context: OperationsContext, record: PlanRecord): Promise<string> {
  try {
    const changes = await findForeignChanges(context, record);
    const named = changes.find(({ by }) => by !== 'somebody');
    if (named === undefined) return CHANGED_BY_OTHERS;
    const what = `The target was changed meanwhile by ${named.by}, so I stopped judging it.`;
    return named.advice === '' ? what : `${what} ${named.advice}`;
  } catch (err) {
    context.logger.warn('who changed a target cannot be told', { planId: record.plan.id, err });
    return CHANGED_BY_OTHERS;
  }
}
