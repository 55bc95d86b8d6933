import type { AskReason } from '../intent.ts';
import { phraseLength } from './phrase-length.ts';
import type { Sentence } from './sentence.ts';
import { CONDITIONS, NEGATIONS, QUALIFIERS, TIMINGS } from './words/caution.ts';
import { COURTESIES } from './words/courtesy.ts';

const TIME_UNITS: ReadonlySet<string> = new Set(
  'second seconds sec secs minute minutes min mins hour hours hr hrs day days week weeks month months'.split(
    ' ',
  ),
);
const CLOCK = /^\d{1,2}(?:[:.]\d\d)?(?:am|pm|h)$|^\d{1,2}:\d\d$|^\d+(?:s|m|h|d|min|mins|hrs|sec)$/;

/** Why a sentence is not simply an order: `condition`, `timing`, `negation`, or a manner (`qualifier`). */
export type Caution = Extract<AskReason, 'condition' | 'timing' | 'negation' | 'qualifier'>;

const IN_ORDER: readonly Caution[] = ['negation', 'condition', 'qualifier', 'timing'];

/** The gravest caution from a word on; undefined when there is none. Names of objects are no words. */
export function findCaution({ plain }: Sentence, from: number, upTo = plain.length): Caution | undefined {
  const found = new Set<Caution>();
  for (let at = from; at < upTo; ) {
    // "As soon as possible" is politeness, "as soon as" is a time.
    const polite = phraseLength(plain, at, COURTESIES);
    const caution = polite > 0 ? undefined : cautionAt(plain, at);
    if (caution !== undefined) found.add(caution);
    at += Math.max(polite, 1);
  }
  // "If nobody is using it" and "only if" are conditions, whatever else they say.
  if (found.has('condition')) return 'condition';
  return IN_ORDER.find((caution) => found.has(caution));
}

/** The caution that begins at a word. */
export function cautionAt(plain: readonly string[], at: number): Caution | undefined {
  // "The version before" is no time.
  if (plain[at] === 'before' && /^(?:version|revision|release|one|was)$/.test(plain[at - 1] ?? ''))
    return undefined;
  if (phraseLength(plain, at, CONDITIONS) > 0) return 'condition';
  if (phraseLength(plain, at, NEGATIONS) > 0) return 'negation';
  const text = plain[at] ?? '';
  const isHalfOfDay = /^(?:am|pm)$/.test(text) && /^\d/.test(plain[at - 1] ?? '');
  if (isHalfOfDay || phraseLength(plain, at, TIMINGS) > 0 || TIME_UNITS.has(text) || CLOCK.test(text))
    return 'timing';
  return phraseLength(plain, at, QUALIFIERS) > 0 ? 'qualifier' : undefined;
}
