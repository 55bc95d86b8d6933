import type { ObjectRef, Reply, ReplyOption, ReplySection, StoreChange } from '@jamie/core';

/** What a command ends in: the reply, what must be stored with it, and what the conversation is about from now on. */
export interface Outcome {
  readonly reply: Reply;
  readonly changes?: readonly StoreChange[];
  readonly cluster?: string;
  readonly focus?: ObjectRef;
  /** The reply is the card that `changes` bring along; no message of its own. */
  readonly isCard?: boolean;
}

export function answer(headline: string, sections: readonly ReplySection[] = []): Outcome {
  return { reply: { tone: 'answer', headline, sections, proposals: [] } };
}

/** A refusal says why, and what to do or who can help. */
export function refusal(headline: string, sections: readonly ReplySection[] = []): Outcome {
  return { reply: { tone: 'refusal', headline, sections, proposals: [] } };
}

/** A question back: nothing was done, and one of these was probably meant. */
export function asking(headline: string, prompt: string, options: readonly ReplyOption[]): Outcome {
  const outcome = refusal(headline);
  return options.length === 0
    ? outcome
    : { ...outcome, reply: { ...outcome.reply, choice: { prompt, options } } };
}
