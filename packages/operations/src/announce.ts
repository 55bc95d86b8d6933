import type { Message, MessageId, Plan, PlanId, PlanRecord, Reply, StoreChange } from '@jamie/core';
import { isTerminal, showJob } from '@jamie/core';

/** Repaints the cards of a plan that has changed. */
export function repaintChanges(record: PlanRecord, cards: readonly Message[]): readonly StoreChange[] {
  return cards.map((card) => ({
    kind: 'outbox.add',
    job: showJob(card, card.version + record.version, record.plan.correlationId),
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

/** The id of the message that came with a plan. It follows from the plan's, so that it is made once. */
export function cardIdOf(planId: PlanId): MessageId {
  return `m_card_${planId}` as MessageId;
}

/** A message that carries the live card of a plan. */
export function cardMessage(
  { id, headline }: Pick<Plan, 'id' | 'headline'>,
  message: Pick<Message, 'id' | 'conversationId' | 'requestId' | 'at'>,
): Message & { readonly body: { readonly kind: 'reply'; readonly reply: Reply } } {
  const reply: Reply = { tone: 'answer', headline, sections: [], proposals: [], planId: id };
  return {
    ...message,
    author: 'jamie',
    authorName: 'Scarlet',
    body: { kind: 'reply', reply },
    planId: id,
    version: 1,
  };
}

/** Everything that comes with a new plan: the record, its card, the job that shows it and the one that expires it. */
export function newPlanChanges(record: PlanRecord): readonly StoreChange[] {
  const { plan } = record;
  const { conversationId, requestId } = plan;
  const card = cardMessage(plan, { id: cardIdOf(plan.id), conversationId, requestId, at: plan.createdAt });
  return [
    { kind: 'plan.insert', record },
    { kind: 'message.insert', message: card },
    { kind: 'outbox.add', job: showJob(card, card.version + record.version, plan.correlationId) },
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
        details: {
          hash: plan.hash,
          cluster: plan.cluster,
          headline: plan.headline,
          tier: plan.risk.tier,
          policyVersion: plan.policyVersion,
          approvals: plan.risk.quorum.approvals,
          requestId: plan.requestId,
          expiresAt: plan.expiresAt,
          ...(plan.replaces !== undefined && { replaces: plan.replaces }),
          ...(plan.healing !== undefined && { healing: { ...plan.healing } }),
        },
      },
    },
  ];
}
