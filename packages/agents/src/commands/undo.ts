import type { PlanId } from '@jamie/core';
import type { AgentsContext } from '../agents-context.ts';
import type { IntentOf } from '../grammar/command-list.ts';
import type { CommandRequest } from './command-request.ts';
import { type Outcome, refusal } from './outcome.ts';
import { propose } from './propose.ts';

const RECENT_PLANS = 20;

/** Plans the way back from a change: the one named, else the last one of this conversation that changed something. */
export async function undo(
  context: AgentsContext,
  asked: CommandRequest,
  { planId }: IntentOf<'undo'>,
): Promise<Outcome> {
  const chosen = planId ?? (await lastChange(context, asked));
  if (chosen === undefined)
    return refusal('No change of this conversation is left to undo. Name a plan: undo p-4k7d2m9q.');
  return propose(context, asked, { kind: 'undo', planId: chosen }, undefined);
}

async function lastChange(
  context: AgentsContext,
  { conversation }: CommandRequest,
): Promise<PlanId | undefined> {
  const plans = await context.store.listPlans({
    conversationId: conversation.id,
    statuses: ['verifying', 'watching', 'succeeded', 'inconclusive', 'rollback_failed'],
    limit: RECENT_PLANS,
  });
  return plans.find((record) => record.undoneBy === undefined && record.plan.operation.kind !== 'undo')?.plan
    .id;
}
