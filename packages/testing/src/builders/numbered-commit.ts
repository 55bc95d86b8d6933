import type { ConversationId, MessageId, RequestId, StoreChange } from '@jamie/core';
import { aJobRequest, aMessage, anAuditEntry, aRequest } from './record-builders.ts';

/**
 * Commit number `number` of a process that commits without end: four records of one name in four places, so that
 * half a commit shows.
 */
export function numberedCommit(series: string, number: number): readonly StoreChange[] {
  const id = `${series}-${number}`;
  const conversationId = series as ConversationId;
  return [
    {
      kind: 'message.insert',
      message: aMessage({ id: id as MessageId, conversationId, requestId: id as RequestId, at: number }),
    },
    { kind: 'request.insert', request: aRequest({ id: id as RequestId, conversationId }) },
    { kind: 'outbox.add', job: aJobRequest({ deduplicationId: id }) },
    { kind: 'audit.append', entry: anAuditEntry({ kind: id }) },
  ];
}
