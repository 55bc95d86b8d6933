import type { ConversationId, HealingCase, Message, MessageId, PlanRecord, StoreChange } from '@jamie/core';
import { showJob } from '@jamie/core';
import { cardMessage, type RemedyRequest, type RemedyResult } from '@jamie/operations';
import type { PolicySource } from '@jamie/policy';
import type { AgentsContext } from '../agents-context.ts';
import { caseRequestChanges, caseRequestIdsOf } from './case-request.ts';
import { reportConversation } from './report-conversation.ts';
import { reportPlacesOf } from './report-places.ts';
import { findReportThread, furtherCardIdOf } from './report-thread.ts';

/** What making plans by itself needs of the world. */
export interface RemedyContext extends Pick<AgentsContext, 'store' | 'operations' | 'digest' | 'clock'> {
  readonly policy: PolicySource;
}

/**
 * Makes a plan by itself with its card in every place that the policy in force names, and with the request that stands
 * for its case. Later cards of a case stand in the thread of the first. Fails like operations.remedy and the store.
 */
export async function remedyInPlaces(context: RemedyContext, request: RemedyRequest): Promise<RemedyResult> {
  const found = await context.store.findHealingCase(request.healing.caseId);
  // A plan without its case does not start; the operations say so.
  if (found === undefined) return context.operations.remedy(request);
  const { reportTo } = context.policy.current().autonomyOf(found.subject.namespace);
  const [first, ...others] = reportPlacesOf({ reportTo });
  const main = await reportConversation(context, first);
  const { id: requestId } = caseRequestIdsOf(found.id, context.digest);
  const result = await context.operations.remedy({ ...request, requestId, conversationId: main.id });
  if (result.kind === 'refused') return result;
  const thread = await findReportThread(context, found, main.id);
  const changes: StoreChange[] = [
    ...main.changes,
    ...(await caseRequestChanges(context, found.id, main.id, request.requester)),
    ...result.changes.map((change) => inThread(change, thread)),
  ];
  for (const place of others) {
    const conversation = await reportConversation(context, place);
    changes.push(
      ...conversation.changes,
      ...(await furtherCard(context, found, result.record, conversation.id)),
    );
  }
  return { ...result, changes };
}

function inThread(change: StoreChange, inThreadOf: MessageId | undefined): StoreChange {
  if (change.kind !== 'message.insert' || inThreadOf === undefined) return change;
  return { ...change, message: { ...change.message, inThreadOf } };
}

async function furtherCard(
  context: RemedyContext,
  healingCase: HealingCase,
  { plan, version }: PlanRecord,
  conversationId: ConversationId,
): Promise<readonly StoreChange[]> {
  const id = furtherCardIdOf(plan.id, conversationId);
  const inThreadOf = await findReportThread(context, healingCase, conversationId);
  const { requestId, createdAt: at, correlationId } = plan;
  const card: Message = {
    ...cardMessage(plan, { id, conversationId, requestId, at }),
    ...(inThreadOf !== undefined && { inThreadOf }),
  };
  return [
    { kind: 'message.insert', message: card },
    { kind: 'outbox.add', job: showJob(card, card.version + version, correlationId) },
  ];
}
