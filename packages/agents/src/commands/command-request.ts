import type { Conversation, Request, RequestProgress } from '@jamie/core';

/** The request that a command answers, in its conversation. */
export interface CommandRequest {
  readonly request: Request;
  readonly conversation: Conversation;
  /** Aborts when the answer is no longer wanted: somebody stopped it, or the worker has to let go. */
  readonly signal?: AbortSignal;
  /** Where the person who asked watches. Absent: nobody does. */
  readonly progress?: RequestProgress;
}
