import type { ShownMessage, WaitingPost } from '@jamie/core';
import { answerIdOf } from './answer-id.ts';

/**
 * How dear it is that a message appears soon. Pure. Somebody waits for the answer to what they asked and for a card that
 * needs a decision; what only tells how something ended may stand together with others, unless it asks for a choice.
 */
export function postTraits({ message, card }: ShownMessage): Omit<WaitingPost, 'messageId'> {
  if (card !== undefined || message.id === answerIdOf(message.requestId)) {
    return { isUrgent: true, mayRollUp: false };
  }
  return { isUrgent: false, mayRollUp: isPlainWord(message.body) };
}

function isPlainWord(body: ShownMessage['message']['body']): boolean {
  if (body.kind === 'text') return true;
  const { files = [], choice, followingUntil, proposals } = body.reply;
  return files.length === 0 && choice === undefined && followingUntil === undefined && proposals.length === 0;
}
