import type { PlanRecord } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import type { CommandRequest } from './command-request.ts';
import { answer, type Outcome, refusal } from './outcome.ts';
import { readablePlans } from './plan-rights.ts';
import { refuseUnknownPlan } from './refuse-unknown-plan.ts';

const MOST_LISTED = 20;

/** Writes the review of an emergency start; without a plan, lists those that are owed. */
export async function review(
  context: AgentsContext,
  { request }: CommandRequest,
  { planId, text }: IntentOf<'review'>,
): Promise<Outcome> {
  const person = request.principal;
  if (planId === undefined) {
    const owed = await context.store.listPlans({ awaitsReview: true, limit: MOST_LISTED });
    return listOwed(await readablePlans(context, person, owed));
  }
  const result = await refuseUnknownPlan(() => context.operations.reviewEmergency(planId, person, text));
  const outcome =
    result.kind === 'refused'
      ? refusal(result.message)
      : answer(`The review of ${planId} is written. Thank you.`);
  return { ...outcome, reply: { ...outcome.reply, about: planId } };
}

function listOwed(owed: readonly PlanRecord[]): Outcome {
  if (owed.length === 0) return answer('No review is owed.');
  const rows = owed.map(({ plan, breakGlass }) => [
    plan.id,
    plan.headline,
    breakGlass?.by.displayName ?? '',
    new Date(breakGlass?.reviewDueAt ?? 0).toISOString(),
  ]);
  return answer(`Reviews owed: ${owed.length}.`, [
    { kind: 'table', columns: ['Plan', 'Change', 'Glass broken by', 'Review due'], rows },
  ]);
}
