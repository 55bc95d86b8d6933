import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import type { CommandRequest } from './command-request.ts';
import { answer, type Outcome, refusal } from './outcome.ts';
import { refuseUnknownPlan } from './refuse-unknown-plan.ts';

/** Starts a plan in an emergency, by this person alone. Every check of a start but the approvals still holds. */
export async function breakGlass(
  context: AgentsContext,
  { request }: CommandRequest,
  { planId, reason }: IntentOf<'break-glass'>,
): Promise<Outcome> {
  const result = await refuseUnknownPlan(() =>
    context.operations.breakGlass({
      planId,
      reason,
      principal: request.principal,
      correlationId: request.correlationId,
    }),
  );
  const outcome =
    result.kind === 'refused'
      ? refusal(`${planId}: ${result.message}`)
      : answer(`${planId} starts now, on your word alone. The owners have been told.`, [
          { kind: 'text', lines: [`You owe a review: review ${planId} what happened and why.`] },
        ]);
  return { ...outcome, reply: { ...outcome.reply, about: planId } };
}
