import type { JobRequest, Message, MessageId, Plan, PlanRecord, Reply, StoreChange } from '@jamie/core';
import { isTerminal } from '@jamie/core';

/** The job that makes every surface show a message in its present version. */
export function showJob(
  message: Pick<Message, 'id'>,
  version: number,
  plan: Pick<Plan, 'correlationId'>,
): JobRequest {
  return {
    name: 'notifications.show',
    payload: { messageId: message.id, version },
    deduplicationId: `show:${message.id}:${version}`,
    correlationId: plan.correlationId,
  };
}

/** Repaints the cards of a plan that has changed. */
export function repaintChanges(record: PlanRecord, cards: readonly Message[]): readonly StoreChange[] {
  return cards.map((card) => ({
    kind: 'outbox.add',
    job: showJob(card, card.version + record.version, record.plan),
  }));
}

/** Wakes whoever waits for the end of a plan, once, in the commit that ends it. */
export function endChanges(record: PlanRecord): readonly StoreChange[] {
  if (!isTerminal(record.status)) return [];
  const { id, correlationId } = record.plan;
  const job = {
    name: 'agents.resume',
    payload: { planId: id },
    deduplicationId: `ended:${id}`,
    correlationId,
  };
  return [{ kind: 'outbox.add', job }];
}

/** The message that carries the card of a new plan. Its id follows from the plan's, so that it is made once. */
function cardMessage(record: PlanRecord): Message {
  const { plan } = record;
  const reply: Reply = {
    tone: 'answer',
    headline: plan.headline,
    sections: [],
    proposals: [],
    planId: plan.id,
  };
  return {
    id: `m_card_${plan.id}` as MessageId,
    conversationId: plan.conversationId,
    requestId: plan.requestId,
    author: 'jamie',
    authorName: 'Scarlet',
    body: { kind: 'reply', reply },
    planId: plan.id,
    at: plan.createdAt,
    version: 1,
  };
}

/** Everything that comes with a new plan: the record, its card, the job that shows it and the one that expires it. */
export function newPlanChanges(record: PlanRecord): readonly StoreChange[] {
  const { plan } = record;
  const card = cardMessage(record);
  return [
    { kind: 'plan.insert', record },
    { kind: 'message.insert', message: card },
    { kind: 'outbox.add', job: showJob(card, card.version + record.version, plan) },
    {
      kind: 'outbox.add',
      job: {
        name: 'operations.expire',
        payload: { planId: plan.id },
        deduplicationId: `expire:${plan.id}`,
        runAt: plan.expiresAt,
        correlationId: plan.correlationId,
      },
    },
    {
      kind: 'audit.append',
      entry: {
        at: plan.createdAt,
        kind: 'plan.proposed',
        actor: plan.requester.id,
        correlationId: plan.correlationId,
        planId: plan.id,
        details: { hash: plan.hash, cluster: plan.cluster, headline: plan.headline, tier: plan.risk.tier },
      },
    },
  ];
}
