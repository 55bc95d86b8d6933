import type { Phrases } from './words/phrases.ts';

/** How many of the texts from `at` on are one of the phrases: the longest, or 0. */
export function phraseLength(texts: readonly string[], at: number, phrases: Phrases): number {
  const candidates = phrases.get(texts[at] ?? '') ?? [];
  const found = candidates.find((words) => words.every((word, index) => texts[at + index] === word));
  return found?.length ?? 0;
}

/** Where the first of the phrases stands, from `from` on; -1 when there is none. */
export function findPhrase(texts: readonly string[], phrases: Phrases, from = 0): number {
  return texts.findIndex((_, at) => at >= from && phraseLength(texts, at, phrases) > 0);
}
