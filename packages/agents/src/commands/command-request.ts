import type { Conversation, Request } from '@jamie/core';

/** The request that a command answers, in its conversation. */
export interface CommandRequest {
  readonly request: Request;
  readonly conversation: Conversation;
}
