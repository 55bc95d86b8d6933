import type { JsonObject } from '@jamie/core';

/** The body of a chat request, as far as the double looks at it. */
export interface OllamaChatBody {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly stream?: boolean;
  readonly format?: JsonObject | 'json';
  readonly think?: boolean;
  readonly truncate?: boolean;
  readonly shift?: boolean;
  readonly options?: { readonly num_ctx?: number; readonly num_predict?: number };
}

/** Reads one prompt and gives the whole answer. It sees what a model would see, and nothing else. */
export type OllamaScript = (request: OllamaChatBody) => string;

/** What goes wrong with the next requests. */
export type OllamaFault =
  /** Takes the request and never answers. */
  | { readonly kind: 'hang' }
  /** Waits before each token. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Sends this many tokens and then nothing, with the connection open. */
  | { readonly kind: 'stall'; readonly afterTokens: number }
  /** Sends this many tokens and closes the connection in the middle of the answer. */
  | { readonly kind: 'cut'; readonly afterTokens: number }
  /** 200 without a single byte. */
  | { readonly kind: 'empty' }
  /** 200 and the last line alone, with an empty message. */
  | { readonly kind: 'says_nothing' }
  /** The same character for ever, until num_predict. */
  | { readonly kind: 'garbage' }
  /** Lines that are no JSON. */
  | { readonly kind: 'no_protocol' }
  /** Half of the answer, as if it were whole. */
  | { readonly kind: 'broken_json' }
  /** Drops the front of the prompt at this many tokens, silently, whatever the request says. */
  | { readonly kind: 'cuts_prompt'; readonly contextTokens: number }
  /** Ignores num_predict and never ends. */
  | { readonly kind: 'endless' }
  /** Sends this many tokens and then an error line. */
  | { readonly kind: 'error_line'; readonly afterTokens: number; readonly error: string }
  | { readonly kind: 'status'; readonly status: number; readonly error: string };

/** num_ctx where the request says nothing. */
export const DEFAULT_CONTEXT_TOKENS = 4_096;

/** Tokens in the double's own rough way: up to four letters, each digit, each mark. */
export function tokensOf(text: string): readonly string[] {
  return text.match(/\s*(?:\p{L}{1,4}|[^\s\p{L}])|\s+$/gu) ?? [];
}

/** The prompt as the model gets it once only `contextTokens` are left of it: the front is lost first. */
export function cutFront(body: OllamaChatBody, contextTokens: number): OllamaChatBody {
  let left = contextTokens;
  const messages = body.messages.toReversed().flatMap((message) => {
    const kept = tokensOf(message.content).slice(-left);
    const isGone = left <= 0;
    left -= kept.length;
    return isGone ? [] : [{ ...message, content: kept.join('') }];
  });
  return { ...body, messages: messages.toReversed() };
}

/** How many tokens the prompt takes. */
export function countPrompt(body: OllamaChatBody): number {
  return body.messages.reduce((sum, { content }) => sum + tokensOf(content).length, 0);
}
