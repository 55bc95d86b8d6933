import type { MessageId, RequestId } from '@jamie/core';

/** The id of the message that answers a request: the same however often the request is handled. */
export function answerIdOf(requestId: RequestId): MessageId {
  return `m_${requestId}_answer` as MessageId;
}
