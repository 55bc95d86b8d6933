/** A word of a command as typed, and where it begins. A quoted word is never an option. */
export interface Token {
  readonly text: string;
  readonly isQuoted: boolean;
  readonly start: number;
  readonly end: number;
}

/** A quoted whole; `key="several words"`; a word; a mark that stands alone. */
const TOKEN =
  /"([^"]*)"|'([^']*)'|([^\s"'=]+=(?:"(?:[^"\\]|\\.)*"|'[^']*')(?=\s|$)|[^\s"']+(?:["'][^\s]*)?)|["']/gu;

/**
 * Splits a command at white space; quotes keep words together. What phones make of the typing is read as meant:
 * curly quotes are quotes, and a dash before a word is `--`.
 */
export function tokenize(text: string): readonly Token[] {
  const plain = straighten(text);
  return [...plain.matchAll(TOKEN)].map((match) => {
    const quoted = match[1] ?? match[2];
    return {
      text: quoted ?? match[3] ?? match[0],
      isQuoted: quoted !== undefined,
      start: match.index,
      end: match.index + match[0].length,
    };
  });
}

/** Curly quotes made straight, and the dash that phones make of `--`. Keeps the length of everything else. */
export function straighten(text: string): string {
  return text
    .replaceAll(/[\u201C\u201D\u201E\u201F\u00AB\u00BB]/gu, '"')
    .replaceAll(/[\u2018\u2019\u201A\u201B]/gu, "'")
    .replaceAll(/(^|\s)[\u2013\u2014](?=[a-z])/giu, '$1--')
    .replaceAll(/(^|\s)[\u2010\u2011\u2212](?=\w)/gu, '$1-');
}
