import { type FoundVerb, matchVerb } from './match-verb.ts';
import { matchOperation } from './operation/match-operation.ts';
import { openerLength } from './read-lead.ts';
import type { Sentence } from './sentence.ts';
import { LOOKING_VERBS } from './words/reading.ts';

const JOINERS = /^(?:and|then|&|\+|or|but|also)$/;

/** "… and then restart it", "…; scale web to 3". */
export function hasSecondOrder(sentence: Sentence, from: number): boolean {
  return sentence.plain.some((_, index) => index >= from && isSecondOrder(sentence, index));
}

function isSecondOrder(sentence: Sentence, index: number): boolean {
  const { parts, plain } = sentence;
  const isJoined = JOINERS.test(plain[index] ?? '');
  if (!isJoined && !/[.;,!:]/.test(parts[index - 1]?.mark ?? '')) return false;
  let at = isJoined ? index + 1 : index;
  while (JOINERS.test(plain[at] ?? '')) at += 1;
  for (let taken = openerLength(sentence, at); taken > 0; taken = openerLength(sentence, at)) at += taken;
  if ((plain[at] ?? '') === '') return false;
  return matchVerb(plain, at) !== undefined || (at > index && LOOKING_VERBS.has(plain[at] ?? ''));
}

/** The first order that stands anywhere from a word on: what a report or a wish speaks of. */
export function findLaterOrder(sentence: Sentence, from: number): FoundVerb | undefined {
  const { plain, texts } = sentence;
  for (let at = from; at < plain.length; at += 1) {
    const operation = plain[at] === '' ? undefined : matchOperation(sentence, at);
    if (operation !== undefined) return operation;
    const found = plain[at] === '' ? undefined : matchVerb(texts, at);
    if (found !== undefined && ['scale', 'restart', 'rollback'].includes(found.verb.meaning)) return found;
  }
  return undefined;
}
