import type { Place } from '../parameters.ts';
import { type Caution, cautionAt, findCaution } from './find-caution.ts';
import { findLaterOrder, hasSecondOrder } from './find-orders.ts';
import { type FoundVerb, matchVerb } from './match-verb.ts';
import { matchOperation } from './operation/match-operation.ts';
import { phraseLength } from './phrase-length.ts';
import { readAmountWords } from './read-amount-words.ts';
import { openerLength, readLead } from './read-lead.ts';
import type { Sentence } from './sentence.ts';
import { isTrouble, speaksOfChange } from './speaks-of-change.ts';
import { GERUND_REQUESTS, REQUESTS, STATED_REQUESTS } from './words/courtesy.ts';
import { UNIT_WORDS } from './words/numbers.ts';
import { LOOKING_VERBS, QUESTION_OPENERS } from './words/reading.ts';
import { GERUNDS } from './words/verbs.ts';

/**
 * What a sentence does, decided before it is known what it is about. Only an `order` may become a change.
 * `withheld`: it speaks of a change that may not be planned: forbidden, conditional, timed, reported.
 */
export type Mood =
  | { readonly kind: 'question'; readonly reason: 'question_mark' | 'question_word' }
  | { readonly kind: 'looking'; readonly reason: 'looking_verb' | 'statement' }
  | { readonly kind: 'courtesy'; readonly reason: 'nothing_else' }
  | {
      readonly kind: 'order';
      readonly reason: 'imperative' | 'request';
      readonly found: FoundVerb;
      readonly place: Place;
    }
  | {
      readonly kind: 'withheld';
      readonly reason: Caution | 'unclear_order' | 'unclear_amount' | 'several_actions';
      /** The order that it speaks of, where one can be made out. */
      readonly found?: FoundVerb;
    };

/** Decides the mood of a sentence. Pure, and blind to everything but its form. */
export function readMood(sentence: Sentence): Mood {
  const { parts, hasQuestionMark, isCut } = sentence;
  const { next, place } = readLead(sentence);
  if (next >= parts.length)
    return hasQuestionMark ? question('question_mark') : { kind: 'courtesy', reason: 'nothing_else' };
  if (isCut) return hasQuestionMark ? question('question_mark') : { kind: 'looking', reason: 'statement' };
  const request = readRequest(sentence, next, place);
  if (request !== undefined) return request;
  if (hasQuestionMark) return question('question_mark');
  const found = findOrder(sentence, next);
  if (found !== undefined) return orderOrWithheld(sentence, found, place, 'imperative');
  return isQuestionOpener(sentence.texts, next) ? question('question_word') : readStatement(sentence, next);
}

/** Verbs that order something, though we cannot tell what. */
const ORDER_HEADS: ReadonlySet<string> = new Set(
  'bring put take set move switch change adjust add remove turn start reset restore return size pin fix'.split(
    ' ',
  ),
);
/** "Yes, but …" agrees to something else. */
const YES_WORDS: ReadonlySet<string> = new Set('yes yep yeah yup ok okay sure fine agreed'.split(' '));

/** A sentence that neither asks nor orders: harmless unless it speaks of a change. */
function readStatement(sentence: Sentence, next: number): Mood {
  const held = heldAtOnce(sentence, next);
  if (held !== undefined) return withheld(held);
  if (!speaksOfChange(sentence, next)) return { kind: 'looking', reason: 'statement' };
  const { plain, texts } = sentence;
  const later = findLaterOrder(sentence, next);
  const first = cautionAt(plain, next) ?? cautionAt(plain, next + 1);
  const whole = findCaution(sentence, next);
  if (first !== undefined) return withheld(whole ?? first, later);
  if (LOOKING_VERBS.has(texts[next] ?? '')) return lookingUnlessMore(sentence, next);
  if (isTrouble(sentence, next)) return { kind: 'looking', reason: 'statement' };
  return withheld(whole === 'negation' || whole === 'condition' ? whole : 'unclear_order', later);
}

/** Why a sentence is no plain statement by its very first words. */
function heldAtOnce({ plain }: Sentence, next: number): Withheld['reason'] | undefined {
  const [first = '', second = ''] = plain.slice(next, next + 2);
  if (first === 'never' || (first === 'do' && second === 'not')) return 'negation';
  if (/^(?:more|fewer|less)$/.test(first) && UNIT_WORDS.has(second)) return 'unclear_amount';
  if (ORDER_HEADS.has(first)) return 'unclear_order';
  if (!YES_WORDS.has(plain[0] ?? '')) return undefined;
  return first === 'but' ? 'qualifier' : cautionAt(plain, next);
}

function question(reason: 'question_mark' | 'question_word'): Mood {
  return { kind: 'question', reason };
}

type Withheld = Extract<Mood, { kind: 'withheld' }>;

function withheld(reason: Withheld['reason'], found?: FoundVerb): Mood {
  return { kind: 'withheld', reason, ...(found !== undefined && { found }) };
}

/** "Could you …": an order when a verb of ours follows, else a question like any other. */
function readRequest(sentence: Sentence, next: number, place: Place): Mood | undefined {
  const { texts } = sentence;
  const gerund = phraseLength(texts, next, GERUND_REQUESTS);
  const stated = sentence.hasQuestionMark ? 0 : phraseLength(texts, next, STATED_REQUESTS);
  const asked = gerund || phraseLength(texts, next, REQUESTS) || stated;
  if (asked === 0) return undefined;
  let at = next + asked;
  for (let taken = openerLength(sentence, at); taken > 0; taken = openerLength(sentence, at)) at += taken;
  if (texts[at] === 'not' && speaksOfChange(sentence, at)) return withheld('negation');
  if (LOOKING_VERBS.has(texts[at] ?? '') && matchVerb(texts, at) === undefined) {
    const mood = lookingUnlessMore(sentence, at);
    return mood.kind === 'withheld' ? mood : question('question_word');
  }
  const found = findOrder(sentence, at, gerund > 0);
  return found === undefined ? undefined : orderOrWithheld(sentence, found, place, 'request');
}

/** The order that begins at a word, also after "plan to" and as "two more replicas for web". */
function findOrder(sentence: Sentence, at: number, isGerund = false): FoundVerb | undefined {
  const { texts, parts, plain } = sentence;
  const operation = matchOperation(isGerund ? withGerund(sentence, at) : sentence, at);
  if (operation !== undefined) return operation;
  const found = matchVerb(texts, at, isGerund);
  if (found !== undefined)
    return LOOKING_VERBS.has(texts[at] ?? '') && found.verb.meaning === 'unclear' ? undefined : found;
  if (plain[at] === 'plan') {
    const skipped = ['to', 'a', 'an', 'the', 'for'].includes(texts[at + 1] ?? '') ? 2 : 1;
    return matchOperation(sentence, at + skipped) ?? matchVerb(texts, at + skipped);
  }
  const amount = readAmountWords(parts, at);
  const isMore =
    amount?.amount.kind === 'by' &&
    amount.hasUnit &&
    ['for', 'of', 'on', 'to', 'in'].includes(texts[at + amount.taken] ?? '');
  // "Two more replicas for web" is an order without a verb.
  return isMore ? { verb: { meaning: 'scale', head: [], particle: [] }, at } : undefined;
}

/** In "set the CPU limit to 750m" there is no time. */
function withoutAmounts(sentence: Sentence, { verb }: FoundVerb): Sentence {
  if (verb.command !== 'resize') return sentence;
  return { ...sentence, plain: sentence.plain.map((text) => (/^\d+m$/.test(text) ? '' : text)) };
}

/** "Would you mind draining worker-2" orders to drain it. */
function withGerund(sentence: Sentence, at: number): Sentence {
  if (at >= sentence.texts.length) return sentence;
  return { ...sentence, texts: sentence.texts.with(at, GERUNDS.get(sentence.texts[at] ?? '') ?? '') };
}

function orderOrWithheld(
  sentence: Sentence,
  found: FoundVerb,
  place: Place,
  reason: 'imperative' | 'request',
): Mood {
  const after = found.at + found.verb.head.length;
  // Somebody else's words.
  if (sentence.parts[found.at]?.isQuoted === true) return withheld('unclear_order', found);
  if (takesReason(found)) return { kind: 'order', reason, found, place };
  const caution = findCaution(withoutAmounts(sentence, found), after);
  if (caution !== undefined && !(caution === 'qualifier' && accountsForAll(found)))
    return withheld(caution, found);
  if (hasSecondOrder(sentence, after)) return withheld('several_actions', found);
  return { kind: 'order', reason, found, place };
}

/** Orders whose readers account for every word themselves. */
function accountsForAll({ verb }: FoundVerb): boolean {
  return ['approve', 'undo', 'use'].includes(verb.meaning);
}

/** Orders that are followed by words of one's own, which their readers look at. */
function takesReason({ verb }: FoundVerb): boolean {
  return ['deny', 'freeze', 'unfreeze', 'stop', 'unsupported', 'unclear'].includes(verb.meaning);
}

function lookingUnlessMore(sentence: Sentence, at: number): Mood {
  return hasSecondOrder(sentence, at + 1)
    ? withheld('several_actions')
    : { kind: 'looking', reason: 'looking_verb' };
}

/** With "do" and "have" orders begin as well, with "when" a time: those are looked at before. */
function isQuestionOpener(texts: readonly string[], at: number): boolean {
  const [first = '', second = ''] = texts.slice(at, at + 2);
  if (!QUESTION_OPENERS.has(first)) return false;
  if (first === 'do' && second === 'not') return false;
  if (first === 'when' || first === 'need' || first === 'have')
    return /^(?:is|are|was|were|did|does|do|will|can|has|have|had|should|would|could|we|i|the|you|there|anybody|anyone)$/.test(
      second,
    );
  return true;
}
