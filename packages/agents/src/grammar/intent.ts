import type { ReplyOption } from '@jamie/core';
import type { Intent } from './command-list.ts';

/**
 * Why a sentence is answered by a question. `condition` and `timing`: it holds only if or when something else;
 * `negation`: it says what not to do; `qualifier`: it asks for a manner that we cannot honour; `unclear_order`: it
 * speaks of a change without asking for one; `unsupported`: we have no such operation.
 */
export const ASK_REASONS = [
  'condition',
  'timing',
  'negation',
  'several_targets',
  'several_actions',
  'missing_target',
  'missing_amount',
  'unclear_amount',
  'unclear_order',
  'qualifier',
  'unsupported',
  'not_understood',
] as const;
export type AskReason = (typeof ASK_REASONS)[number];

export type ParsedText =
  | { readonly kind: 'intent'; readonly intent: Intent }
  /** A command with a mistake: what is wrong, and what to type instead. */
  | { readonly kind: 'invalid'; readonly message: string; readonly options?: readonly ReplyOption[] }
  /** Understood too little to act: a question back, with what it may have meant. Nothing happens unless one is chosen. */
  | {
      readonly kind: 'ask';
      readonly reason: AskReason;
      readonly question: string;
      readonly options: readonly ReplyOption[];
    };
