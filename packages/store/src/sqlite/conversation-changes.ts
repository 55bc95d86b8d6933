import { type Conversation, canonicalJson, type Message, type Request } from '@jamie/core';
import type { Database } from '@jamie/database';
import type { ChangeOutcome } from '../change-outcome.ts';
import { compareAndSet, insertOnce } from './compare-and-set.ts';

export function insertConversation(database: Database, conversation: Conversation): ChangeOutcome {
  return insertOnce(
    database,
    'INSERT INTO conversations (id, place, version, record) VALUES (?, ?, ?, ?)',
    ...[
      conversation.id,
      canonicalJson(conversation.place),
      conversation.version,
      canonicalJson(conversation),
    ],
  );
}

export function updateConversation(
  database: Database,
  conversation: Conversation,
  expectedVersion: number,
): ChangeOutcome {
  return compareAndSet(database, {
    table: 'conversations',
    id: conversation.id,
    expectedVersion,
    version: conversation.version,
    record: canonicalJson(conversation),
    columns: { place: canonicalJson(conversation.place) },
  });
}

export function insertRequest(database: Database, request: Request): ChangeOutcome {
  return insertOnce(
    database,
    'INSERT INTO requests (id, version, record) VALUES (?, ?, ?)',
    ...[request.id, request.version, canonicalJson(request)],
  );
}

export function updateRequest(database: Database, request: Request, expectedVersion: number): ChangeOutcome {
  return compareAndSet(database, {
    table: 'requests',
    id: request.id,
    expectedVersion,
    version: request.version,
    record: canonicalJson(request),
    columns: {},
  });
}

export function insertMessage(database: Database, message: Message): ChangeOutcome {
  const { id, conversationId, planId, at, version } = message;
  return insertOnce(
    database,
    'INSERT INTO messages (id, conversation_id, plan_id, at, version, record) VALUES (?, ?, ?, ?, ?, ?)',
    ...[id, conversationId, planId ?? null, at, version, canonicalJson(message)],
  );
}

export function updateMessage(database: Database, message: Message, expectedVersion: number): ChangeOutcome {
  return compareAndSet(database, {
    table: 'messages',
    id: message.id,
    expectedVersion,
    version: message.version,
    record: canonicalJson(message),
    columns: { conversation_id: message.conversationId, plan_id: message.planId ?? null, at: message.at },
  });
}
