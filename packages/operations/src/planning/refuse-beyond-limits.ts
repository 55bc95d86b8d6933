import type { ConversationPlace, PlanRecord, PlanStatus } from '@jamie/core';
import { checkLimits, type PolicyLimits, type PolicyUsage } from '@jamie/policy';
import type { OperationsContext } from '../operations-context.ts';
import type { PlanRequest } from './plan-request.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Beyond any limit that a team would set: counting stops there. */
const MOST_COUNTED = 2_000;
const WAITING: readonly PlanStatus[] = ['awaiting_approval'];

/**
 * Why one more plan may not be asked for under the team's limits, or undefined. A fresh plan in the place of another is
 * not one more.
 */
export async function refuseBeyondLimits(
  context: OperationsContext,
  request: PlanRequest,
): Promise<{ readonly kind: 'refused'; readonly reason: string; readonly message: string } | undefined> {
  const { limits } = context.policy.current();
  if (request.replaces !== undefined || isUnlimited(limits)) return undefined;
  const decision = checkLimits(limits, await usageOf(context, request));
  if (decision.kind === 'within') return undefined;
  return { kind: 'refused', reason: decision.limit, message: decision.message };
}

function isUnlimited(limits: PolicyLimits): boolean {
  return Object.values(limits).every((limit) => limit === undefined);
}

async function usageOf(context: OperationsContext, request: PlanRequest): Promise<PolicyUsage> {
  const { store, clock } = context;
  const createdSince = Math.floor(clock.now() / DAY_MS) * DAY_MS;
  const today = await store.listPlans({ createdSince, limit: MOST_COUNTED });
  const waiting = await store.listPlans({ statuses: WAITING, limit: MOST_COUNTED });
  const isOwn = ({ plan }: PlanRecord) => plan.requester.id === request.requester.id;
  return {
    byPersonToday: today.filter(isOwn).length,
    inChannelToday: await countInChannel(context, today, request),
    today: today.length,
    openOfPerson: waiting.filter(isOwn).length,
  };
}

async function countInChannel(
  { store }: OperationsContext,
  today: readonly PlanRecord[],
  { conversationId }: PlanRequest,
): Promise<number> {
  const places = new Map<string, string | undefined>();
  const channelOf = async (id: PlanRequest['conversationId']) => {
    if (!places.has(id)) places.set(id, formatChannel((await store.findConversation(id))?.place));
    return places.get(id);
  };
  const here = await channelOf(conversationId);
  if (here === undefined) return 0;
  let count = 0;
  for (const { plan } of today) if ((await channelOf(plan.conversationId)) === here) count += 1;
  return count;
}

function formatChannel(place: ConversationPlace | undefined): string | undefined {
  return place?.surface === 'slack' ? `${place.teamId}/${place.channelId}` : undefined;
}
