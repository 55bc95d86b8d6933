import type {
  ConversationId,
  Message,
  MessageId,
  PlanCard,
  PlanRecord,
  RequestId,
  ShownMessage,
  Store,
} from '@jamie/core';
import { toPlanCard } from '@jamie/operations';
import { shownLinks } from './shown-links.ts';
import { placeInThread } from './thread-place.ts';

/** A message as it is to be shown now. Its version counts the changes of its plan too, so that a repaint is newer. */
export async function toShown(store: Store, message: Message): Promise<ShownMessage | undefined> {
  const found = await store.findConversation(message.conversationId);
  if (found === undefined) return undefined;
  const conversation = await placeInThread(store, message, found);
  const record = message.planId && (await store.findPlan(message.planId));
  const inSlack = conversation.place.surface === 'slack' ? await readSlackFacts(store, message, record) : {};
  const plain = { message, conversation, ...inSlack };
  if (record === undefined) return plain;
  const votes = await store.listVotes(record.plan.id);
  return {
    ...plain,
    message: { ...message, version: message.version + record.version },
    card: withNote(toPlanCard(record, votes), message),
  };
}

async function readSlackFacts(
  store: Store,
  message: Message,
  record: PlanRecord | undefined,
): Promise<Pick<ShownMessage, 'asker' | 'links'>> {
  const asker = (await store.findRequest(message.requestId))?.slackPerson;
  const links = await shownLinks(store, message, record);
  return { ...(asker !== undefined && { asker }), ...(links !== undefined && { links }) };
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
  return showAll(store, await store.listMessages(id));
}

/** How far our own clock may have been set back between a request and its answer. */
const CLOCK_STEP_MS = 300_000;

/** What one request has brought so far, oldest first; empty when there is no such request. */
export async function readRequest(store: Store, id: RequestId): Promise<readonly ShownMessage[]> {
  const request = await store.findRequest(id);
  if (request === undefined) return [];
  const since = request.receivedAt - CLOCK_STEP_MS;
  const recent = await store.listMessages(request.conversationId, since);
  return showAll(
    store,
    recent.filter((message) => message.requestId === id),
  );
}

async function showAll(store: Store, messages: readonly Message[]): Promise<readonly ShownMessage[]> {
  const shown = await Promise.all(messages.map((message) => toShown(store, message)));
  return shown.filter((message) => message !== undefined);
}
