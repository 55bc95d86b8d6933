import { parsePlanId } from '@jamie/core';
import type { Vocabulary } from '../vocabulary.ts';
import { mendSpelling } from './mend-spelling.ts';
import { phraseLength } from './phrase-length.ts';
import type { Word } from './split-words.ts';
import { CAUTION_WORDS } from './words/caution.ts';
import { SPELLED } from './words/contractions.ts';
import { COURTESY_WORDS } from './words/courtesy.ts';
import { KIND_WORDS, LONG_KINDS, LONG_NAMESPACES } from './words/kinds.ts';
import { NUMBERS, VAGUE_WORDS } from './words/numbers.ts';
import { CORRECTABLE, ENGLISH } from './words/reading.ts';
import { VERBS_BY_FIRST } from './words/verbs.ts';

/** A word, or several that are one name. */
export interface Part {
  /** In lower case and mended; a name of several words is joined by hyphens. */
  readonly text: string;
  /** In lower case as typed: how a name that we do not know is passed on. */
  readonly typed: string;
  /** The word of ours that it may be a misspelling of, though an object is called like that too. */
  readonly meant?: string;
  readonly mark: string;
  readonly start: number;
  readonly end: number;
  readonly isBracketed: boolean;
  readonly isQuoted: boolean;
  /** What is called like this. */
  readonly isObject: boolean;
  readonly isNamespace: boolean;
  readonly isCluster: boolean;
  /** A node is called like this. */
  readonly isNode?: boolean;
  /** May be the name of something that we do not know: no ordinary word. */
  readonly isUnknown: boolean;
}

/** Words of the longest name in several words. */
const MAX_NAME_WORDS = 4;
/** Misspelt words that are looked up; a text with more of them is not a sentence. */
const MAX_MENDED = 40;

/** Finds the names in a sentence. A name of the vocabulary is a name, also when it is an English word. */
export function nameParts(words: readonly Word[], vocabulary: Vocabulary): readonly Part[] {
  const parts: Part[] = [];
  let mended = 0;
  for (let at = 0; at < words.length; ) {
    const length = nameLength(words, at, vocabulary);
    const part = partOf(words.slice(at, at + length), vocabulary, mended < MAX_MENDED);
    if (part.text !== part.typed) mended += 1;
    parts.push(part);
    at += length;
  }
  return parts;
}

function nameLength(words: readonly Word[], at: number, vocabulary: Vocabulary): number {
  const first = words[at];
  if (first === undefined) return 1;
  const texts = words.slice(at, at + MAX_NAME_WORDS).map((word) => word.text);
  const long = Math.max(phraseLength(texts, 0, LONG_KINDS), phraseLength(texts, 0, LONG_NAMESPACES));
  if (long > 0) return long;
  // "restart controller" orders a restart of it; "the restart controller" is a name.
  if (VERBS_BY_FIRST.has(first.text) && isVerbPlace(words[at - 1])) return 1;
  for (let length = Math.min(MAX_NAME_WORDS, words.length - at); length > 1; length -= 1) {
    const span = words.slice(at, at + length);
    const isTogether =
      span.slice(0, -1).every((word) => word.mark === '') && span.every((word) => !/^\d+$/.test(word.text));
    if (isTogether && isName(joined(span, vocabulary), vocabulary)) return length;
  }
  return 1;
}

function isVerbPlace(before: Word | undefined): boolean {
  return before === undefined || before.mark !== '' || COURTESY_WORDS.has(before.text);
}

function partOf(span: readonly Word[], vocabulary: Vocabulary, mayMend: boolean): Part {
  const read = joined(span, vocabulary);
  const [first] = span;
  const typed = span.length === 1 ? (first?.lower ?? read) : read;
  const last = span.at(-1);
  const names = {
    isObject: vocabulary.objects.has(read),
    isNamespace: vocabulary.namespaces.has(read),
    isCluster: vocabulary.clusters.has(read),
    isNode: vocabulary.nodes?.has(read) === true,
  };
  const isName = names.isObject || names.isNamespace || names.isCluster;
  const isKnown = isName || isOrdinary(read);
  const guess = isKnown || !mayMend ? undefined : mendSpelling(read);
  // A misspelt name stays as it was typed: what it was to be is for the cluster to say.
  const text = guess === undefined || vocabulary.objects.has(guess) ? read : guess;
  const meant = guess ?? SPELLED.get(typed);
  return {
    text,
    typed,
    ...(meant !== undefined && meant !== text && { meant }),
    mark: last?.mark ?? '',
    start: first?.start ?? 0,
    end: last?.end ?? 0,
    isBracketed: first?.isBracketed === true,
    isQuoted: first?.isQuoted === true,
    ...names,
    isUnknown:
      !isKnown &&
      text === typed &&
      /^[a-z0-9][-a-z0-9._/]*$/.test(typed) &&
      !/^[-+x]?[\d.,]+[a-z%]{0,3}$/.test(typed),
  };
}

function isOrdinary(text: string): boolean {
  return (
    ENGLISH.has(text) ||
    CAUTION_WORDS.has(text) ||
    VAGUE_WORDS.has(text) ||
    /^[a-z]{3,}ly$/.test(text) ||
    CORRECTABLE.has(text) ||
    NUMBERS.has(text) ||
    KIND_WORDS.has(text) ||
    COURTESY_WORDS.has(text) ||
    VERBS_BY_FIRST.has(text) ||
    parsePlanId(text) !== undefined
  );
}

function isName(text: string, { objects, namespaces, clusters }: Vocabulary): boolean {
  return objects.has(text) || namespaces.has(text) || clusters.has(text);
}

function joined(span: readonly Word[], vocabulary: Vocabulary): string {
  return span
    .map(({ text, lower }) => (isName(lower, vocabulary) || isName(text, vocabulary) ? lower : text))
    .join('-');
}
