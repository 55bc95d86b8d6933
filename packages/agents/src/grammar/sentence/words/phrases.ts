/** Phrases of one or several words, by their first word, the longest first. */
export type Phrases = ReadonlyMap<string, readonly (readonly string[])[]>;

/** Makes phrases of a text with one phrase a line, or several set apart by commas. */
export function phrasesOf(text: string): Phrases {
  const byFirst = new Map<string, (readonly string[])[]>();
  for (const phrase of text.split(/[,\n]/)) {
    const words = phrase.trim().split(/\s+/);
    const [first = ''] = words;
    if (first !== '') byFirst.set(first, [...(byFirst.get(first) ?? []), words]);
  }
  for (const phrases of byFirst.values()) phrases.sort((left, right) => right.length - left.length);
  return byFirst;
}

/** Makes a set of the words of a text. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((word) => word !== ''));
}
