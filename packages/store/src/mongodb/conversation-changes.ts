import { type Conversation, canonicalJson, type Message, type Request } from '@jamie/core';
import type { ChangeContext } from './change-context.ts';
import { compareAndSet, insertOnce } from './compare-and-set.ts';

export function insertConversation({ collections, sequence }: ChangeContext, conversation: Conversation) {
  const fields = conversationFields(conversation);
  return insertOnce(collections.collection('conversations'), { _id: conversation.id, sequence, ...fields });
}

export function updateConversation(
  { collections }: ChangeContext,
  conversation: Conversation,
  expectedVersion: number,
) {
  const update = { id: conversation.id, expectedVersion, fields: conversationFields(conversation) };
  return compareAndSet(collections.collection('conversations'), update);
}

function conversationFields(conversation: Conversation) {
  const { place, version } = conversation;
  return {
    place: canonicalJson(place),
    surface: place.surface,
    version,
    record: canonicalJson(conversation),
  };
}

export function insertRequest({ collections, sequence }: ChangeContext, request: Request) {
  const fields = requestFields(request);
  return insertOnce(collections.collection('requests'), { _id: request.id, sequence, ...fields });
}

export function updateRequest({ collections }: ChangeContext, request: Request, expectedVersion: number) {
  const update = { id: request.id, expectedVersion, fields: requestFields(request) };
  return compareAndSet(collections.collection('requests'), update);
}

function requestFields(request: Request) {
  const { conversationId, status, receivedAt, version } = request;
  return { conversationId, status, receivedAt, version, record: canonicalJson(request) };
}

export function insertMessage({ collections, sequence }: ChangeContext, message: Message) {
  const fields = messageFields(message);
  return insertOnce(collections.collection('messages'), { _id: message.id, sequence, ...fields });
}

export function updateMessage({ collections }: ChangeContext, message: Message, expectedVersion: number) {
  const update = { id: message.id, expectedVersion, fields: messageFields(message) };
  return compareAndSet(collections.collection('messages'), update);
}

function messageFields(message: Message) {
  const { conversationId, planId, at, author, version, slack } = message;
  return {
    conversationId,
    planId: planId ?? null,
    at,
    isOurs: author !== 'person',
    stands: slack?.ts !== undefined,
    shownVersion: slack?.shownVersion ?? null,
    version,
    record: canonicalJson(message),
  };
}
