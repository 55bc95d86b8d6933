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
    };

/** Answers an order to scale, restart or roll back. */
export function answerOrder(sentence: Sentence, found: FoundVerb, place: Place): ParsedText {
  const reading = readOrder(sentence, found, place);
  return reading.kind === 'change'
    ? { kind: 'intent', intent: reading.intent }
    : askBack(reading.reason, reading.meant);
}

/**
 * Reads an order. It becomes a change only when every word of it is accounted for: by the verb, one target, one place,
 * the amount or revision, or politeness. A single word that is left over makes it a question.
 */
export function readOrder(sentence: Sentence, found: FoundVerb, place: Place): OrderReading {
  const slots = readSlots(sentence, found, place);
  const reason = findDoubt(sentence, found, slots);
  if (reason !== undefined) return { kind: 'unclear', reason, meant: meantBy(found, slots) };
  const intent = intentOf(found, slots, slots.targets[0]?.word ?? '');
  return intent === undefined
    ? { kind: 'unclear', reason: 'unclear_amount', meant: [] }
    : { kind: 'change', intent };
}

/** The first reason not to plan it; undefined when there is none. */
function findDoubt(sentence: Sentence, found: FoundVerb, slots: Slots): AskReason | undefined {
  const after = sentence.plain.slice(found.at + found.verb.head.length);
  if (after.some((text) => RESOURCE_WORDS.has(text)))
    return isAboutResources(found, slots) ? 'unsupported' : 'qualifier';
  return (
    doubtOfTargets(sentence, found, slots) ??
    doubtOfAmount(found, slots, after) ??
    doubtOfPlaces(slots) ??
    (slots.unexplained.length > 0 ? doubtOfRest(slots.unexplained, after) : undefined)
  );
}

function isAboutResources({ verb }: FoundVerb, { amounts }: Slots): boolean {
  return verb.meaning === 'scale' && (verb.needs === 'number' || amounts.length === 0);
}

function doubtOfTargets(sentence: Sentence, found: FoundVerb, slots: Slots): AskReason | undefined {
  const { targets, joiners } = slots;
  if (findPhrase(sentence.plain, ALL_WORDS, found.at) !== -1) return 'several_targets';
  const names = new Set(targets.flatMap(({ word }) => word ?? []));
  if (names.size > 1) return 'several_targets';
  const isOr = joiners.length > 0 && joiners.every((joiner) => joiner === 'or');
  if (joiners.length > 0 && !isOr) return names.size > 0 ? 'several_targets' : 'missing_target';
  if (names.size === 0) return 'missing_target';
  return targets.length > 1 && targets.some(({ word }) => word === undefined) ? 'qualifier' : undefined;
}

function doubtOfAmount({ verb }: FoundVerb, slots: Slots, after: readonly string[]): AskReason | undefined {
  const isVague = slots.unexplained.some(
    ({ text }) => VAGUE_WORDS.has(text) || /^\d+[.,]\d+$|%$|^-?\d+-\d+$|^\d+\/\d+$/.test(text),
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
  const words = [...new Set(slots.targets.flatMap(({ word }) => word ?? []))];
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
    case 'by': {
      // "Increase by 2 fewer" says nothing.
      if (amount.sign !== undefined && sign !== undefined && amount.sign !== sign && !isCount)
        return undefined;
      const direction = isCount ? sign : (amount.sign ?? sign);
      return direction === undefined ? undefined : { kind: 'by', difference: direction * amount.count };
    }
    case 'bare':
      if (isCount) return sign === undefined ? undefined : { kind: 'by', difference: sign * amount.count };
      // "Scale up 2" may be to 2 or by 2.
      return sign === undefined ? { kind: 'to', replicas: amount.count } : undefined;
  }
}

function isPossible(amount: ReplicaAmount): boolean {
  if (amount.kind === 'times') return amount.factor > 0 && amount.factor <= 100;
  const count = amount.kind === 'to' ? amount.replicas : amount.difference;
  return Math.abs(count) <= MAX_REPLICAS;
}
