import type { Vocabulary } from '../vocabulary.ts';
import { nameParts, type Part } from './name-parts.ts';
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
}

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
  const parts = nameParts(words, vocabulary);
  return withParts({ text, parts, texts: [], plain: [], hasQuestionMark }, parts);
}
