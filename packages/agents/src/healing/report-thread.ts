import type { ConversationId, HealingCase, MessageId, PlanId, Store } from '@jamie/core';
import { cardIdOf } from '@jamie/operations';

/** The id of the card of a plan in a place beside that of its conversation. */
export function furtherCardIdOf(planId: PlanId, conversationId: ConversationId): MessageId {
  return `${cardIdOf(planId)}_${conversationId}` as MessageId;
}

/**
 * In whose thread a message about a case stands: that of the first card of the attempts that still count, in the same
 * conversation. Undefined: there is none, so it begins one. Fails like the store.
 */
export async function findReportThread(
  { store }: { readonly store: Pick<Store, 'findMessage'> },
  { attempts }: Pick<HealingCase, 'attempts'>,
  conversationId: ConversationId,
): Promise<MessageId | undefined> {
  for (const { planId } of attempts) {
    for (const id of [cardIdOf(planId), furtherCardIdOf(planId, conversationId)]) {
      const card = await store.findMessage(id);
      if (card?.conversationId === conversationId) return card.inThreadOf ?? card.id;
    }
  }
  return undefined;
}
