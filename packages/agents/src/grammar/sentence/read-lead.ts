import type { Place } from '../parameters.ts';
import { phraseLength } from './phrase-length.ts';
import { readPlaceWords } from './read-place-words.ts';
import type { Sentence } from './sentence.ts';
import { COURTESIES, OPENERS } from './words/courtesy.ts';

/** What stands before the sentence proper: greetings, politeness, and perhaps a place. */
export interface Lead {
  /** Where the sentence proper begins. */
  readonly next: number;
  readonly place: Place;
}

/** Reads greetings, politeness and a place that is said first: "for the prod-us cluster, please …". */
export function readLead(sentence: Sentence): Lead {
  let next = 0;
  let place: Place = {};
  for (;;) {
    const taken = openerLength(sentence, next);
    if (taken > 0) {
      next += taken;
      continue;
    }
    const found = readPlaceWords(sentence.parts, next);
    const isFirst = Object.keys(place).length === 0;
    // A place alone is no lead: something has to follow.
    if (found === undefined || !isFirst || next + found.taken >= sentence.parts.length)
      return { next, place };
    place = found.place;
    next += found.taken;
  }
}

/** How many words from a word on are greetings or politeness; names are neither. */
export function openerLength({ plain }: Sentence, at: number): number {
  return Math.max(phraseLength(plain, at, OPENERS), phraseLength(plain, at, COURTESIES));
}
