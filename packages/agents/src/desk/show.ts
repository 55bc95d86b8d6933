import type { ConversationId, Message, MessageId, PlanCard, ShownMessage, Store } from '@jamie/core';
import { toPlanCard } from '@jamie/operations';

/** A message as it is to be shown now. Its version counts the changes of its plan too, so that a repaint is newer. */
export async function toShown(store: Store, message: Message): Promise<ShownMessage | undefined> {
  const conversation = await store.findConversation(message.conversationId);
  if (conversation === undefined) return undefined;
  if (message.planId === undefined) return { message, conversation };
  const record = await store.findPlan(message.planId);
  if (record === undefined) return { message, conversation };
  const votes = await store.listVotes(message.planId);
  return {
    message: { ...message, version: message.version + record.version },
    conversation,
    card: withNote(toPlanCard(record, votes), message),
  };
}

/** What Jamie said when the plan was handed over stands first among the card's facts, so that every surface shows it. */
function withNote(card: PlanCard, { body }: Message): PlanCard {
  const sections = body.kind === 'reply' ? body.reply.sections : [];
  const notes = sections.flatMap((section) => (section.kind === 'text' ? section.lines : []));
  if (notes.length === 0) return card;
  return { ...card, facts: [{ label: 'Jamie', value: notes.join(' ') }, ...card.facts] };
}

/** Undefined when there is no such message. */
export async function findShown(store: Store, id: MessageId): Promise<ShownMessage | undefined> {
  const message = await store.findMessage(id);
  return message === undefined ? undefined : toShown(store, message);
}

/** Oldest first. */
export async function readTranscript(store: Store, id: ConversationId): Promise<readonly ShownMessage[]> {
  const messages = await store.listMessages(id);
  const shown = await Promise.all(messages.map((message) => toShown(store, message)));
  return shown.filter((message) => message !== undefined);
}
