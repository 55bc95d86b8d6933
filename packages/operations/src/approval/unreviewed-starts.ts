import type { PlanRecord, Principal } from '@jamie/core';
import { isSamePerson } from '@jamie/policy';
import type { OperationsContext } from '../operations-context.ts';

/** Emergency starts that wait for a review: more than this is a fault of its own. */
const MOST_UNREVIEWED = 100;

/** The emergency starts that nobody has reviewed yet. Fails like the store. */
export function listUnreviewed({ store }: Pick<OperationsContext, 'store'>): Promise<readonly PlanRecord[]> {
  return store.listPlans({ awaitsReview: true, limit: MOST_UNREVIEWED });
}

/** Those of somebody. Fails like the store. */
export async function findUnreviewed(
  context: Pick<OperationsContext, 'store'>,
  by: Principal,
): Promise<readonly PlanRecord[]> {
  const open = await listUnreviewed(context);
  return open.filter(({ breakGlass }) => breakGlass !== undefined && isSamePerson(breakGlass.by, by));
}
