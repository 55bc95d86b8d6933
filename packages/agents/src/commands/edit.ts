import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import type { CommandRequest } from './command-request.ts';
import { type Outcome, refusal } from './outcome.ts';
import { cardOutcome } from './propose.ts';
import { refuseUnknownPlan } from './refuse-unknown-plan.ts';

/**
 * Plans the same change with other numbers, as the person who edits, and settles the plan that it replaces in the same
 * commit. A plan that was decided meanwhile makes that commit fail; the next attempt then says so.
 */
export async function edit(
  context: AgentsContext,
  asked: CommandRequest,
  { planId, values }: IntentOf<'edit'>,
): Promise<Outcome> {
  const { request, conversation } = asked;
  const result = await refuseUnknownPlan(() =>
    context.operations.edit({
      planId,
      values,
      requester: request.principal,
      requestId: request.id,
      conversationId: conversation.id,
      correlationId: request.correlationId,
      planKey: `request:${request.id}`,
    }),
  );
  if (result.kind === 'edited') return cardOutcome(result.record, result.changes);
  const outcome = refusal(`${planId}: ${result.message}`);
  return { ...outcome, reply: { ...outcome.reply, about: planId } };
}
