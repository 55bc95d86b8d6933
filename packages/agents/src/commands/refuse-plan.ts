import type { PlanId } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { CommandRequest } from './command-request.ts';
import { type Outcome, refusal } from './outcome.ts';
import { readablePlans } from './plan-rights.ts';

/** The refusal for somebody who may not see what is known of a plan, or who asks for one that never was. */
export async function refusePlan(
  context: AgentsContext,
  asked: CommandRequest,
  planId: PlanId,
): Promise<Outcome | undefined> {
  const record = await context.store.findPlan(planId);
  if (record === undefined)
    return refusal(
      `I know no plan ${planId}. Check the id on its card, or type audit for the newest records.`,
    );
  const readable = await readablePlans(context, asked.request.principal, [record]);
  if (readable.length > 0) return undefined;
  return refusal(
    `${planId} is about a namespace that Kubernetes does not let you read, or that I cannot ask about now.`,
  );
}
