import type { OperationRequest, PlanRecord, StoreChange } from '@jamie/core';
import { newPlanChanges } from '@jamie/operations';
import type { AgentsContext } from '../agents-context.ts';
import type { CommandRequest } from './command-request.ts';
import { inStep } from './in-step.ts';
import { type Outcome, refusal } from './outcome.ts';

/** Plans an operation and answers with its card, or with the reason why there is none. Nothing is changed. */
export async function propose(
  context: AgentsContext,
  asked: CommandRequest,
  operation: OperationRequest,
  cluster: string | undefined,
): Promise<Outcome> {
  const { request, conversation } = asked;
  const result = await inStep(asked, 'Comparing with the live object, and trying it out dry', () =>
    context.operations.plan({
      operation,
      ...(cluster !== undefined && { cluster }),
      requester: request.principal,
      requestId: request.id,
      conversationId: conversation.id,
      correlationId: request.correlationId,
      planKey: `request:${request.id}`,
    }),
  );
  if (result.kind === 'refused') return refusal(result.message);
  return cardOutcome(result.record, newPlanChanges(result.record));
}

/** The card of a fresh plan is the answer; `changes` bring the plan and its card along. */
export function cardOutcome({ plan }: PlanRecord, changes: readonly StoreChange[]): Outcome {
  return {
    reply: { tone: 'answer', headline: plan.headline, sections: [], proposals: [], planId: plan.id },
    changes,
    cluster: plan.cluster,
    ...(plan.steps[0] && { focus: plan.steps[0].target.ref }),
    isCard: true,
  };
}
