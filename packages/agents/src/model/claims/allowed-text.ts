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
   * Log lines. Whoever can write to a log can write anything, so they bear out nothing but what is quoted from them,
   * word by word and between quotation marks.
   */
  readonly logs: readonly AllowedItem[];
  readonly tokens: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
  /** Our own sentences, in lower case: the only text here that nobody else can write. */
  readonly facts: string;
}

/** Gathers what these evidence ids allow to be said. Pure. */
export function allowedBy(evidenceIds: readonly string[], grounds: Grounds): AllowedText {
  const cited = new Set(evidenceIds);
  const evidence = grounds.evidence.filter(({ id }) => cited.has(id));
  const facts = grounds.facts.filter((fact) => fact.evidenceIds.some((id) => cited.has(id)));
  const factTexts = facts.map(({ text }) => text);
  const observed = evidence.filter(({ source }) => source !== 'log').map(describeEvidence);
  const items = [...factTexts, ...observed].map(toItem);
  const tokens = items.flatMap(({ text }) => tokensOf(text).flatMap(partsOf));
  return {
    items,
    logs: evidence.filter(({ source }) => source === 'log').map(({ text }) => toItem(text)),
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
