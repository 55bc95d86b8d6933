import type { PlanId } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import type { CommandRequest } from './command-request.ts';
import { answer, asking, type Outcome, refusal } from './outcome.ts';

/**
 * Casts a typed vote: on the plan named, else on the only one of this conversation that waits for one and was there
 * when the person said so. Nobody votes on a plan that they cannot have seen.
 */
export async function decide(
  context: AgentsContext,
  asked: CommandRequest,
  { kind: decision, planId, reason }: IntentOf<'approve' | 'deny'>,
): Promise<Outcome> {
  const chosen = planId ?? (await waitingPlan(context, asked));
  if (typeof chosen !== 'string') return chosen;
  const result = await context.operations.vote({
    planId: chosen,
    principal: asked.request.principal,
    decision,
    ...(reason !== '' && { reason }),
  });
  const said = `${chosen}: ${result.message}`;
  const outcome = result.kind === 'counted' ? answer(said) : refusal(said);
  return { ...outcome, reply: { ...outcome.reply, about: chosen } };
}

async function waitingPlan(
  context: AgentsContext,
  { conversation, request }: CommandRequest,
): Promise<PlanId | Outcome> {
  const waiting = await context.store.listPlans({
    conversationId: conversation.id,
    statuses: ['awaiting_approval'],
    limit: 10,
  });
  const [first, ...others] = waiting;
  if (first === undefined)
    return refusal('No plan of this conversation waits for a decision. Name one: approve p-4k7d2m9q.');
  if (others.length === 0 && first.plan.createdAt <= request.receivedAt) return first.plan.id;
  const options = waiting.map(({ plan }) => ({
    label: `${plan.id}: ${plan.headline}`,
    command: `plan ${plan.id}`,
  }));
  const question =
    others.length === 0
      ? 'That plan is newer than what you said, so I have not counted it. Say it again if you mean this one.'
      : 'Which plan? Several wait for a decision here.';
  return asking(question, 'Look at its card first', options);
}
