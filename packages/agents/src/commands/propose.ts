import type { OperationRequest } from '@jamie/core';
import { newPlanChanges } from '@jamie/operations';
import type { AgentsContext } from '../agents-context.ts';
import type { CommandRequest } from './command-request.ts';
import { type Outcome, refusal } from './outcome.ts';

/** Plans an operation and answers with its card, or with the reason why there is none. Nothing is changed. */
export async function propose(
  context: AgentsContext,
  { request, conversation }: CommandRequest,
  operation: OperationRequest,
  cluster: string | undefined,
): Promise<Outcome> {
  const result = await context.operations.plan({
    operation,
    ...(cluster !== undefined && { cluster }),
    requester: request.principal,
    requestId: request.id,
    conversationId: conversation.id,
    correlationId: request.correlationId,
    planKey: `request:${request.id}`,
  });
  if (result.kind === 'refused') return refusal(result.message);
  const { record } = result;
  return {
    reply: {
      tone: 'answer',
      headline: record.plan.headline,
      sections: [],
      proposals: [],
      planId: record.plan.id,
    },
    changes: newPlanChanges(record),
    cluster: record.plan.cluster,
    ...(record.plan.steps[0] && { focus: record.plan.steps[0].target.ref }),
    isCard: true,
  };
}
