import { KINDS } from '@jamie/core';
import type { AllowedItem, AllowedText } from './allowed-text.ts';
import { findReassurance } from './forbidden-phrases.ts';
import { NUMBER_WORDS, unitOf } from './number-words.ts';
import { ORDINARY_WORDS } from './ordinary-words.ts';
import { quantityOf, stemOf, tokensOf } from './read-tokens.ts';

export type UnsupportedReason =
  | 'unknown_number'
  | 'unknown_name'
  | 'unknown_quotation'
  | 'reassurance'
  | 'contradiction'
  | 'ungrounded';

const QUOTATION = /"([^"]*)"|(?<!\w)'([^']*)'(?!\w)/g;
const PLAIN_WORD = /^[A-Za-z]+(?:'[a-z]+)?$/;
const HAS_INNER_CAPITAL = /^.+[A-Z]/;
const NEGATION = /\b(?:no|not|never|none|neither|nor|without|cannot)\b|n't\b/i;
/** How the other side of a negation reads in what was observed. */
const NEGATIVE =
  /\b(?:0|no|not|never|none|without|cannot|false|missing|lacks?|timeout|timed out|un(?:able|available|ready|schedulable|healthy|known|reachable)|invalid|insufficient)\b|n't\b|fail|refus|den(?:y|ied)|exceed/i;
/** At least this share of the words that mean something must come from the evidence. */
const GROUNDED_SHARE = 0.5;
/** Shorter words mean little by themselves. */
const MIN_CONTENT_LETTERS = 4;
const KIND_WORDS: ReadonlySet<string> = new Set(
  ['kubernetes', 'container', 'image', 'workload', 'cluster', ...Object.keys(KINDS)].flatMap((kind) => [
    kind.toLowerCase(),
    `${kind.toLowerCase()}s`,
  ]),
);

/** What of a sentence the cited evidence does not bear out; undefined: nothing was found. Pure. */
export function findUnsupported(
  body: string,
  allowed: AllowedText,
  otherNames: ReadonlySet<string>,
  isHealthy: boolean,
): UnsupportedReason | undefined {
  const reassurance = isHealthy ? undefined : findReassurance(body);
  if (reassurance !== undefined && !allowed.facts.includes(reassurance)) return 'reassurance';
  const quotations = [...body.matchAll(QUOTATION)].map(([, double, single]) => double ?? single ?? '');
  const rest = body.replaceAll(QUOTATION, ' ');
  if (rest.includes('"') || !quotations.every((quoted) => isQuoted(quoted, allowed)))
    return 'unknown_quotation';
  const tokens = tokensOf(rest);
  if (tokens.some((token, index) => !isKnownNumber(token, index, tokens, allowed))) return 'unknown_number';
  if (tokens.some((token, index) => !isKnownName(token, index, tokens, allowed, otherNames)))
    return 'unknown_name';
  if (!isNegationBorneOut(rest, allowed)) return 'contradiction';
  return quotations.length > 0 || isGrounded(tokens, allowed) ? undefined : 'ungrounded';
}

function isQuoted(quoted: string, { items, messages }: AllowedText): boolean {
  const wanted = quoted.trim().replace(/\.$/, '').toLowerCase();
  return wanted !== '' && [...items, ...messages].some(({ text }) => text.toLowerCase().includes(wanted));
}

function isKnownNumber(
  token: string,
  index: number,
  tokens: readonly string[],
  { items }: AllowedText,
): boolean {
  const spelt = NUMBER_WORDS.get(token.toLowerCase());
  const quantity =
    spelt === undefined
      ? quantityOf(token, tokens[index + 1])
      : { digits: spelt, unit: unitOf(tokens[index + 1] ?? '') };
  if (quantity === undefined) return true;
  const { digits, unit } = quantity;
  if (unit !== undefined) return items.some((item) => item.quantities.has(`${digits} ${unit}`));
  const word = neighbourOf(index, tokens);
  return items.some((item) => item.numbers.has(digits) && (word === undefined || isAbout(item, word)));
}

/** What a number counts: the next word that means something, else the one before it. */
function neighbourOf(index: number, tokens: readonly string[]): string | undefined {
  return [tokens[index + 1], tokens[index - 1]].find((word) => word !== undefined && isContentWord(word));
}

function isAbout(item: AllowedItem, word: string): boolean {
  return item.stems.has(stemOf(word)) || item.text.toLowerCase().includes(stemOf(word));
}

function isKnownName(
  token: string,
  index: number,
  tokens: readonly string[],
  allowed: AllowedText,
  otherNames: ReadonlySet<string>,
): boolean {
  const lower = token.toLowerCase();
  if (allowed.tokens.has(lower)) return true;
  if (quantityOf(token, undefined) !== undefined || NUMBER_WORDS.has(lower)) return true;
  if (!PLAIN_WORD.test(token)) return isHyphenated(lower);
  if (otherNames.has(lower)) return false;
  if (KIND_WORDS.has(lower) || ORDINARY_WORDS.has(lower) || allowed.stems.has(stemOf(lower))) return true;
  const isCapital = HAS_INNER_CAPITAL.test(token) || (index > 0 && /^[A-Z]/.test(token));
  const standsAtKind = [tokens[index - 1], tokens[index + 1], nameIntroducedAt(index, tokens)].some(
    (word) => word !== undefined && KIND_WORDS.has(word.toLowerCase()),
  );
  return !isCapital && !standsAtKind;
}

/** `called x` and `named x` introduce a name as a kind does. */
function nameIntroducedAt(index: number, tokens: readonly string[]): string | undefined {
  return /^(?:called|named)$/i.test(tokens[index - 1] ?? '') ? 'pod' : undefined;
}

/** `out-of-date`: made of ordinary words alone. */
function isHyphenated(token: string): boolean {
  return /^[a-z]+(?:-[a-z]+)+$/.test(token) && token.split('-').every((part) => ORDINARY_WORDS.has(part));
}

/** What is denied must be spoken of in the negative by one of the items, too. */
function isNegationBorneOut(text: string, { items, messages }: AllowedText): boolean {
  const negation = NEGATION.exec(text);
  if (negation === null) return true;
  const denied = tokensOf(text.slice(negation.index + negation[0].length)).filter(
    (token) => !PLAIN_WORD.test(token) || isContentWord(token),
  );
  return [...items, ...messages].some(
    (item) => NEGATIVE.test(item.text) && denied.some((token) => isAbout(item, token)),
  );
}

function isContentWord(token: string): boolean {
  const lower = token.toLowerCase();
  return (
    PLAIN_WORD.test(token) &&
    lower.length >= MIN_CONTENT_LETTERS &&
    !ORDINARY_WORDS.has(lower) &&
    !NUMBER_WORDS.has(lower)
  );
}

function isGrounded(tokens: readonly string[], allowed: AllowedText): boolean {
  const content = tokens.filter(isContentWord);
  const grounded = content.filter((word) => allowed.stems.has(stemOf(word)));
  const names = tokens.filter((token) => !PLAIN_WORD.test(token));
  return grounded.length + names.length > 0 && grounded.length >= content.length * GROUNDED_SHARE;
}
