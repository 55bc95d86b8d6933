import { describeEvidence, type Grounds } from '../grounds.ts';
import { partsOf, quantityOf, stemsOf, tokensOf } from './read-tokens.ts';
import { plainText } from './split-sentences.ts';

/** One fact or observation that a sentence may lean on. */
export interface AllowedItem {
  readonly text: string;
  readonly stems: ReadonlySet<string>;
  /** Digits as they are written. */
  readonly numbers: ReadonlySet<string>;
  /** Digits and unit, for example `512 Mi`. */
  readonly quantities: ReadonlySet<string>;
}

/** What the cited evidence, and the facts that rest on it, hold together. */
export interface AllowedText {
  readonly items: readonly AllowedItem[];
  /**
   * Log lines, events, and what our own sentences quote. Whoever can write to a log or answer a probe can write
   * anything there, so they bear out nothing but what is quoted from them, word by word and between quotation marks.
   */
  readonly messages: readonly AllowedItem[];
  readonly tokens: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
  /** Our own sentences without what they quote, in lower case: the only text here that nobody else can write. */
  readonly facts: string;
}

/** From the first quotation mark to the last: what is quoted may hold quotation marks of its own. */
const QUOTED = /".*"/s;

/** Gathers what these evidence ids allow to be said. Pure. */
export function allowedBy(evidenceIds: readonly string[], grounds: Grounds): AllowedText {
  const cited = new Set(evidenceIds);
  const evidence = grounds.evidence.filter(({ id }) => cited.has(id));
  const facts = grounds.facts.filter((fact) => fact.evidenceIds.some((id) => cited.has(id)));
  // Our own sentences quote logs, too: what they quote bears out no more than the log itself.
  const written = facts.map(({ text }) => plainText(text));
  const factTexts = written.map((text) => text.replace(QUOTED, ' '));
  const quoted = written.flatMap((text) => QUOTED.exec(text)?.[0].slice(1, -1) ?? []);
  const messages = evidence.filter(({ source }) => source !== 'object').map(({ text }) => text);
  const observed = evidence.filter(({ source }) => source === 'object').map(describeEvidence);
  const items = [...factTexts, ...observed].map(toItem);
  const tokens = items.flatMap(({ text }) => tokensOf(text).flatMap(partsOf));
  return {
    items,
    messages: [...quoted, ...messages].map(toItem),
    tokens: new Set(tokens.map((token) => token.toLowerCase())),
    stems: new Set(items.flatMap(({ stems }) => [...stems])),
    facts: factTexts.join('\n').toLowerCase(),
  };
}

function toItem(raw: string): AllowedItem {
  const text = plainText(raw);
  const tokens = tokensOf(text).flatMap(partsOf);
  const quantities = tokens.flatMap((token, index) => quantityOf(token, tokens[index + 1]) ?? []);
  return {
    text,
    stems: new Set(stemsOf(text)),
    numbers: new Set(quantities.map(({ digits }) => digits)),
    quantities: new Set(quantities.map(({ digits, unit }) => `${digits} ${unit ?? ''}`)),
  };
}
