import type { Vocabulary } from '../vocabulary.ts';
import { nameParts, type Part } from './name-parts.ts';
import { joinTaskName } from './operation/join-task-name.ts';
import { splitWords } from './split-words.ts';

/** A sentence, with its names found. */
export interface Sentence {
  readonly text: string;
  readonly parts: readonly Part[];
  /** The text of each part. */
  readonly texts: readonly string[];
  /** The same, but nothing where a name of an object stands: what cannot be a word of ours. */
  readonly plain: readonly string[];
  readonly hasQuestionMark: boolean;
  /** It is longer than a sentence: only its beginning was read, so that nothing may be planned of it. */
  readonly isCut: boolean;
}

/** Words that are read. An order has far fewer. */
const MAX_WORDS = 300;

/** The same sentence with other parts. */
export function withParts(sentence: Sentence, parts: readonly Part[]): Sentence {
  return {
    ...sentence,
    parts,
    texts: parts.map((part) => part.text),
    plain: parts.map((part) => (part.isObject ? '' : part.text)),
  };
}

/** Splits a sentence and finds its names. */
export function readSentence(typed: string, vocabulary: Vocabulary): Sentence {
  const { text, words, hasQuestionMark } = splitWords(typed);
  const parts = joinTaskName(nameParts(words.slice(0, MAX_WORDS), vocabulary));
  return withParts(
    { text, parts, texts: [], plain: [], hasQuestionMark, isCut: words.length > MAX_WORDS },
    parts,
  );
}
