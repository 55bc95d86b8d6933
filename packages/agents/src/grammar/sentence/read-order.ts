import type { Intent } from '../command-list.ts';
import type { AskReason, ParsedText } from '../intent.ts';
import { MAX_REPLICAS, type Place, type ReplicaAmount } from '../parameters.ts';
import { askBack } from './ask-back.ts';
import { type FoundVerb, RESOURCE_WORDS } from './match-verb.ts';
import { findPhrase } from './phrase-length.ts';
import type { AmountReading } from './read-amount-words.ts';
import { readSlots, type Slots } from './read-slots.ts';
import type { Sentence } from './sentence.ts';
import { ALL_WORDS, HEDGES } from './words/caution.ts';
import { VAGUE_WORDS } from './words/numbers.ts';

/** What an order to scale, restart or roll back comes to: a change that is understood to the last word, or why not. */
export type OrderReading =
  | { readonly kind: 'change'; readonly intent: Intent }
  | {
      readonly kind: 'unclear';
      readonly reason: AskReason;
      /** What it may have meant; offered, never done. */
      readonly meant: readonly Intent[];
      /** The words that were not understood. */
      readonly unexplained: string;
    };

/** Answers an order to scale, restart or roll back. */
export function answerOrder(sentence: Sentence, found: FoundVerb, place: Place): ParsedText {
  const reading = readOrder(sentence, found, place);
  return reading.kind === 'change'
    ? { kind: 'intent', intent: reading.intent }
    : askBack(reading.reason, reading.meant, questionFor(reading));
}

/** The words that were not understood, names that nothing has among them. */
export function unexplainedBy({ targets, unexplained }: Slots): string {
  const hasKnown = targets.some(({ isKnown }) => isKnown === true);
  const names = targets.flatMap(({ word, isKnown }) => (hasKnown && isKnown !== true ? (word ?? []) : []));
  return [...names.filter((name) => name !== 'it'), ...unexplained.map(({ typed }) => typed)].join(' ');
}

/** Names the words that were not understood: whoever asks back has to say what about. */
export function questionFor({
  reason,
  unexplained,
}: Extract<OrderReading, { kind: 'unclear' }>): string | undefined {
  if (reason !== 'qualifier' || unexplained === '') return undefined;
  const words = unexplained.length > MAX_QUOTED ? `${unexplained.slice(0, MAX_QUOTED)}…` : unexplained;
  return `I cannot tell what "${words}" would change, so I have not planned anything. Say it without those words if they do not matter.`;
}

/** Longest quotation of what was not understood, in characters. */
const MAX_QUOTED = 60;

/**
 * Reads an order. It becomes a change only when every word of it is accounted for: by the verb, one target, one place,
 * the amount or revision, or politeness. A single word that is left over makes it a question.
 */
export function readOrder(sentence: Sentence, found: FoundVerb, place: Place): OrderReading {
  const slots = readSlots(sentence, found, place);
  const reason = findDoubt(sentence, found, slots);
  if (reason !== undefined)
    return {
      kind: 'unclear',
      reason,
      meant: reason === 'unsupported' ? [] : meantBy(found, slots),
      unexplained: unexplainedBy(slots),
    };
  const intent = intentOf(found, slots, slots.targets[0]?.word ?? '');
  return intent === undefined
    ? { kind: 'unclear', reason: 'unclear_amount', meant: [], unexplained: '' }
    : { kind: 'change', intent };
}

/** The first reason not to plan it; undefined when there is none. */
function findDoubt(sentence: Sentence, found: FoundVerb, slots: Slots): AskReason | undefined {
  const after = sentence.plain.slice(found.at + found.verb.head.length);
  if (after.some((text) => RESOURCE_WORDS.has(text)))
    return isAboutResources(found) ? 'unsupported' : 'qualifier';
  return (
    doubtOfTargets(sentence, found, slots) ??
    doubtOfAmount(found, slots, after) ??
    doubtOfPlaces(slots) ??
    (slots.unexplained.length > 0 ? doubtOfRest(slots.unexplained, after) : undefined)
  );
}

function isAboutResources({ verb }: FoundVerb): boolean {
  return verb.meaning === 'scale';
}

function doubtOfTargets(sentence: Sentence, found: FoundVerb, slots: Slots): AskReason | undefined {
  const { targets, joiners } = slots;
  if (findPhrase(sentence.plain, ALL_WORDS, found.at) !== -1) return 'several_targets';
  const names = new Set(targets.flatMap(({ word }) => word ?? []));
  const known = new Set(targets.flatMap(({ word, isKnown }) => (isKnown === true ? (word ?? []) : [])));
  // "Restart checkout wibble": the second is no other object, but a word that we do not know.
  if (names.size > 1)
    return known.size === 1 && joiners.length === 0 && !names.has('it') ? 'qualifier' : 'several_targets';
  const isOr = joiners.length > 0 && joiners.every((joiner) => joiner === 'or');
  if (joiners.length > 0 && !isOr) return names.size > 0 ? 'several_targets' : 'missing_target';
  if (names.size === 0) return 'missing_target';
  return targets.length > 1 && targets.some(({ word }) => word === undefined) ? 'qualifier' : undefined;
}

function doubtOfAmount({ verb }: FoundVerb, slots: Slots, after: readonly string[]): AskReason | undefined {
  const isVague = slots.unexplained.some(
    ({ text }) =>
      text === 'to' ||
      VAGUE_WORDS.has(text) ||
      /^[-+x]?\d+[.,]\d+$|^[-+]\d+$|^\d+x$|%$|^-?\d+-\d+$|^\d+\/\d+$/.test(text),
  );
  if (verb.meaning === 'rollback' || isRollback(verb, slots)) return doubtOfRevision(slots);
  if (verb.meaning === 'restart') return slots.amounts.length > 0 ? 'qualifier' : undefined;
  const said = slots.amounts.length + (verb.factor === undefined && verb.replicas === undefined ? 0 : 1);
  if (isVague || said > 1 || slots.joiners.length > 0) return 'unclear_amount';
  if (said === 1) return slots.revisions.length > 0 ? 'qualifier' : undefined;
  return slots.unexplained.length > 0 || after.includes('up') || after.includes('down')
    ? 'unclear_amount'
    : 'missing_amount';
}

function doubtOfRevision({ revisions, amounts, joiners }: Slots): AskReason | undefined {
  return revisions.length > 1 || amounts.length > 0 || joiners.length > 0 ? 'qualifier' : undefined;
}

function doubtOfPlaces({ places, targets }: Slots): AskReason | undefined {
  const namespaces = new Set([...places, ...targets].flatMap(({ namespace }: Place) => namespace ?? []));
  const clusters = new Set(places.flatMap(({ cluster }) => cluster ?? []));
  return namespaces.size > 1 || clusters.size > 1 ? 'several_targets' : undefined;
}

function doubtOfRest(unexplained: Slots['unexplained'], after: readonly string[]): AskReason {
  return findPhrase(after, HEDGES) !== -1 && unexplained.length > 0 ? 'unclear_order' : 'qualifier';
}

/** "Bring it back to revision 3" is a rollback, whatever the verb. */
function isRollback(verb: FoundVerb['verb'], { revisions, amounts }: Slots): boolean {
  return verb.needs === 'number' && revisions.length > 0 && amounts.length === 0;
}

function meantBy(found: FoundVerb, slots: Slots): readonly Intent[] {
  const known = slots.targets.filter(({ isKnown }) => isKnown === true);
  const offered = known.length > 0 ? known : slots.targets;
  const words = [...new Set(offered.flatMap(({ word }) => word ?? []))];
  return words.flatMap((word) => intentOf(found, slots, word) ?? []);
}

function intentOf({ verb }: FoundVerb, slots: Slots, word: string): Intent | undefined {
  const namespaces = slots.targets.flatMap(({ namespace }) =>
    namespace === undefined ? [] : [{ namespace }],
  );
  const place: Place = Object.assign({}, ...namespaces, ...slots.places);
  const words = [word];
  if (verb.meaning === 'restart') return { kind: 'restart', words, place };
  if (verb.meaning === 'rollback' || isRollback(verb, slots)) {
    const [toRevision] = slots.revisions;
    return { kind: 'rollback', words, ...(toRevision !== undefined && { toRevision }), place };
  }
  const amount = amountOf(verb, slots);
  return amount === undefined ? undefined : { kind: 'scale', words, amount, place };
}

function amountOf(verb: FoundVerb['verb'], { amounts, directions }: Slots): ReplicaAmount | undefined {
  if (verb.factor !== undefined) return { kind: 'times', factor: verb.factor };
  if (verb.replicas !== undefined) return { kind: 'to', replicas: verb.replicas };
  const [amount] = amounts;
  if (amount === undefined) return undefined;
  const said = directions.includes('up') ? 1 : directions.includes('down') ? -1 : undefined;
  if (amount.kind === 'bare' && verb.isStrict === true) return undefined;
  const resolved = resolveAmount(amount, verb.sign ?? said, verb.counts === true);
  return resolved !== undefined && isPossible(resolved) ? resolved : undefined;
}

function resolveAmount(
  amount: AmountReading['amount'],
  sign: 1 | -1 | undefined,
  isCount: boolean,
): ReplicaAmount | undefined {
  switch (amount.kind) {
    case 'to':
      // "Add to 5" is neither.
      return isCount ? undefined : amount;
    case 'times':
      return amount;
    case 'by':
      return differenceOf(amount.count, isCount ? sign : agreed(amount.sign, sign));
    case 'bare':
      if (isCount) return differenceOf(amount.count, sign);
      // "Scale up 2" may be to 2 or by 2.
      return sign === undefined ? { kind: 'to', replicas: amount.count } : undefined;
  }
}

function differenceOf(count: number, sign: 1 | -1 | undefined): ReplicaAmount | undefined {
  return sign === undefined ? undefined : { kind: 'by', difference: sign * count };
}

/** "Increase by 2 fewer" says nothing. */
function agreed(said: 1 | -1 | undefined, ofVerb: 1 | -1 | undefined): 1 | -1 | undefined {
  return said === undefined || ofVerb === undefined || said === ofVerb ? (said ?? ofVerb) : undefined;
}

function isPossible(amount: ReplicaAmount): boolean {
  if (amount.kind === 'times') return amount.factor > 0 && amount.factor <= 100;
  const count = amount.kind === 'to' ? amount.replicas : amount.difference;
  return Math.abs(count) <= MAX_REPLICAS;
}
