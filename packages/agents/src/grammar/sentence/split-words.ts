import { straighten } from '../tokenize.ts';
import { CONTRACTIONS, SPELLED } from './words/contractions.ts';

/** A word of a sentence, without the punctuation around it. */
export interface Word {
  /** As typed. */
  readonly said: string;
  /** In lower case, contractions written out, the usual slips of the fingers mended. */
  readonly text: string;
  /** In lower case, not mended. */
  readonly lower: string;
  /** Where it stands in the text that `splitWords` returns. */
  readonly start: number;
  readonly end: number;
  /** The punctuation that follows it, the first of several. */
  readonly mark: string;
  readonly isBracketed: boolean;
  /** Part of a quotation of several words: somebody else's. */
  readonly isQuoted: boolean;
}

export interface SplitText {
  /** The text with its quotes straightened and without what cannot be read aloud. */
  readonly text: string;
  readonly words: readonly Word[];
  readonly hasQuestionMark: boolean;
}

/** What is no word: pictures, and their names between colons. */
const PICTURES = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}/gu;
const PICTURE_NAMES = /(?<=^|\s):[a-z0-9_+-]{2,40}:(?=\s|$)/giu;
const INVISIBLE = /\u200D|\uFE0F|[\u200B\u200C\u2060\uFEFF\u00AD\u202A-\u202E\u2066-\u2069]/gu;
const QUESTION_MARKS = /[\u037E\u055E\u061F\u203D\u2047-\u2049\u2753\u2754\uFE56\uFF1F\u00BF]/gu;
const OPENING: ReadonlySet<string> = new Set('([{<"\'`*_~\u00A1');
const CLOSING: ReadonlySet<string> = new Set(')]}>"\'`*_~,.;:!?\u2026');

/** Splits a sentence into words, in time that grows with its length and no faster. */
export function splitWords(typed: string): SplitText {
  const text = straighten(typed)
    .replaceAll(QUESTION_MARKS, '?')
    .replaceAll(INVISIBLE, '')
    .replaceAll(PICTURES, ' ')
    .replaceAll(PICTURE_NAMES, ' ')
    // Phones make a long dash of one before a letter.
    .replaceAll(/(^|\s)--(?=[a-z](?:[\s=]|$))/giu, '$1-')
    .replaceAll(/(^|\s)(?:\*\s+|\u00D7\s*)(?=\d)/gu, '$1x')
    .replaceAll(/&amp;/g, '&')
    .replaceAll(/<@[^>\s]{1,80}>/g, ' ')
    // What is written without a space is still two words, but for paths and numbers.
    .replaceAll(/([,;!?])(?=\p{L})|(?<=\p{L})(\()|(\))(?=\p{L})/gu, (found) =>
      found === '(' ? ' (' : `${found} `,
    )
    .replaceAll(/\u2026|\.{2,}/gu, '. ')
    .replaceAll(/(?<=[\p{L}\d])\s*&\s*(?=[\p{L}\d])/gu, ' & ');
  const words: Word[] = [];
  let quote = '';
  for (const match of text.matchAll(/\S+/gu)) {
    const { before, body, after } = peel(match[0]);
    const start = match.index + before.length;
    const opens = /["'`]/.exec(before)?.[0] ?? '';
    if (quote === '' && opens !== '' && !after.includes(opens) && text.includes(opens, start)) quote = opens;
    const isQuoted = quote !== '';
    if (quote !== '' && after.includes(quote)) quote = '';
    addWords(words, { body, start, after, isBracketed: before.includes('('), isQuoted });
  }
  return { text, words, hasQuestionMark: text.includes('?') };
}

/** A word, with the punctuation before and after it. */
function peel(chunk: string): { readonly before: string; readonly body: string; readonly after: string } {
  let start = 0;
  let end = chunk.length;
  while (start < end && OPENING.has(chunk[start] ?? '')) start += 1;
  while (end > start && CLOSING.has(chunk[end - 1] ?? '')) end -= 1;
  return { before: chunk.slice(0, start), body: chunk.slice(start, end), after: chunk.slice(end) };
}

interface Chunk {
  readonly body: string;
  readonly start: number;
  readonly after: string;
  readonly isBracketed: boolean;
  readonly isQuoted: boolean;
}

function addWords(words: Word[], { body, start, after, ...rest }: Chunk): void {
  const mark = /[,.;:!?)\u2026]/u.exec(after)?.[0] ?? '';
  const last = words.at(-1);
  if (body === '' || /^[-\u2013\u2014|~*=>]+$/u.test(body)) {
    // A dash, or punctuation that stands alone, belongs to the word before it.
    if (last !== undefined && last.mark === '')
      words[words.length - 1] = { ...last, mark: mark === '' ? ',' : mark };
    return;
  }
  const lower = body.toLowerCase();
  const pair = CONTRACTIONS.get(lower);
  const ends = { start, end: start + body.length, ...rest };
  if (pair === undefined) {
    const bare = lower.replace(/'s?$/, '');
    words.push({ said: body, text: SPELLED.get(bare) ?? bare, lower: bare, mark, ...ends });
    return;
  }
  pair.forEach((text, index) => {
    words.push({ said: text, text, lower: text, mark: index === pair.length - 1 ? mark : '', ...ends });
  });
}
