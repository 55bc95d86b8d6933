import type { Dice } from './dice.ts';
import { MUTATIONS } from './mutations.ts';

const OPENING =
  /^(?:should|shall|may|must|do|does|did|is|isn't|isnt|are|was|wasn't|were|has|hasn't|have|why|whys|what|what's|which|who|when|where|how|can|could|would|wouldn't|will)\b/i;
/** Words that open a question, but an order when "you" comes next. */
const MODAL = /^(?:can|could|would|will)\b/i;
/** Such a sentence is an order, or one word away from it. */
const TO_US = /\b(?:can|could|would|will)\s+you\b/i;
const FIRST_TWO_WORDS = /^\S+\s+\S+\s*/;
const MOST_MUTATIONS = 4;

/** Whether a sentence is so surely a question that it stays one as long as its opening or its mark stays. */
export function isPlainQuestion(sentence: string): boolean {
  return !TO_US.test(sentence) && (sentence.endsWith('?') || OPENING.test(sentence));
}

/** The sentence spoilt in one to four ways. Of a plain question the opening words or the mark stay as they are. */
export function mutateSentence(sentence: string, dice: Dice, other: string): string {
  const { before, body, after } = isPlainQuestion(sentence)
    ? keepQuestion(sentence, dice)
    : { before: '', body: sentence, after: '' };
  let text = body;
  for (let left = 1 + dice.below(MOST_MUTATIONS); left > 0; left -= 1) {
    const mutate = MUTATIONS[dice.pick(Object.keys(MUTATIONS))];
    if (mutate !== undefined) text = mutate(text, dice, other);
  }
  return before + text + after;
}

interface Parts {
  readonly before: string;
  readonly body: string;
  readonly after: string;
}

function keepQuestion(sentence: string, dice: Dice): Parts {
  const hasMark = sentence.endsWith('?');
  const hasOpening = OPENING.test(sentence) && FIRST_TWO_WORDS.test(sentence);
  const keepsMark = hasMark && (!hasOpening || dice.below(2) === 0);
  const keepsOpening = !keepsMark || MODAL.test(sentence);
  const before = keepsOpening ? (FIRST_TWO_WORDS.exec(sentence)?.[0] ?? '') : '';
  const rest = sentence.slice(before.length).replace(/\?+$/, '');
  return { before, body: rest, after: keepsMark ? '?' : '' };
}
