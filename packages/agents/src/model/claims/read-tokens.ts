import { unitOf } from './number-words.ts';

/** A number with its unit, where it has one. */
export interface Quantity {
  readonly digits: string;
  readonly unit: string | undefined;
}

const SEPARATORS = /[\s"'(),;!?[\]<>{}|]+/;
const EDGES = /^[.:=-]+|[.:=-]+$/g;
const QUANTITY = /^[+~-]?(\d+(?:[.,:]\d+)*)(%|[a-z]{1,12})?$/i;
const WORD = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g;
const STEM_LETTERS = 5;

/** The tokens of a text as they are written, without the punctuation around them. */
export function tokensOf(text: string): readonly string[] {
  return text
    .split(SEPARATORS)
    .map((token) => token.replaceAll(EDGES, ''))
    .filter((token) => token !== '');
}

/** What a token is made of: `payments/checkout` of two names, `code=1` of a word and a number. */
export function partsOf(token: string): readonly string[] {
  return QUANTITY.test(token) ? [token] : [token, ...token.split(/[/:=@]/).filter((part) => part !== '')];
}

/** A token read as a number, its unit attached to it or next to it. Undefined: it is none. */
export function quantityOf(token: string, next: string | undefined): Quantity | undefined {
  const match = QUANTITY.exec(token);
  if (match === null) return undefined;
  const [, digits = '', attached] = match;
  if (attached === undefined) return { digits, unit: next === undefined ? undefined : unitOf(next) };
  const unit = unitOf(attached);
  return unit === undefined ? undefined : { digits, unit };
}

/** The words in a text, also inside names such as `CrashLoopBackOff`, each cut to what its forms have in common. */
export function stemsOf(text: string): readonly string[] {
  return (text.match(WORD) ?? []).map(stemOf);
}

export function stemOf(word: string): string {
  return word.toLowerCase().slice(0, STEM_LETTERS);
}
