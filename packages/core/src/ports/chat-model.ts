import type { JsonObject } from '../json.ts';

export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  /** JSON Schema that the whole answer must satisfy; absent: free text. */
  readonly schema?: JsonObject;
  /** Longest answer, in tokens. */
  readonly maxTokens: number;
  readonly signal: AbortSignal;
}

export interface ChatAnswer {
  readonly text: string;
  /** False when the model stopped at a limit of its own: the text is a part. */
  readonly isWhole: boolean;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/**
 * A language model. It words and it chooses among what code offers; it never decides, and nothing depends on it.
 * Fails with: cancelled (the signal), timeout, unavailable, rate_limited, invalid_input (the prompt does not fit the
 * context, which is never cut silently), model_output_invalid (empty, or not what `schema` asks for).
 */
export interface ChatModel {
  readonly name: string;
  chat(request: ChatRequest): Promise<ChatAnswer>;
}
