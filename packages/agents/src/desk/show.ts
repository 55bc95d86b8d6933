import type { ConversationId, Message, MessageId, ShownMessage, Store } from '@jamie/core';
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
    card: toPlanCard(record, votes),
  };
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
