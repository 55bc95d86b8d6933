import type { CorrelationId } from '../ids.ts';
import type { JobRequest } from '../ports/job-queue.ts';
import type { Message } from './conversation.ts';

/** The job that makes every surface show a message as it is in this version, once. */
export function showJob(
  message: Pick<Message, 'id'>,
  version: number,
  correlationId: CorrelationId,
): JobRequest {
  return {
    name: 'notifications.show',
    payload: { messageId: message.id, version },
    deduplicationId: `show:${message.id}:${version}`,
    correlationId,
  };
}
