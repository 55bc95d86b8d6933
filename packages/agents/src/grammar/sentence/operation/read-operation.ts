import type { Intent } from '../../command-list.ts';
import { formatIntent } from '../../format-intent.ts';
import type { AskReason, ParsedText } from '../../intent.ts';
import type { Place } from '../../parameters.ts';
import { parseCommand } from '../../parse-command.ts';
import { askBack } from '../ask-back.ts';
import type { FoundVerb } from '../match-verb.ts';
import { findPhrase } from '../phrase-length.ts';
import { type OrderReading, questionFor, unexplainedBy } from '../read-order.ts';
import { readSlots, type Slots } from '../read-slots.ts';
import type { Sentence } from '../sentence.ts';
import { ALL_WORDS, HEDGES } from '../words/caution.ts';
import { intentOf } from './operation-intent.ts';
import { noValues, type OperationValues, VALUE_READERS } from './operation-values.ts';
import type { OperandCommand } from './operation-verb.ts';

/** Answers an order for an operation of the catalogue. */
export function answerOperation(sentence: Sentence, found: FoundVerb, place: Place): ParsedText {
  const reading = readOperation(sentence, found, place);
  return reading.kind === 'change'
    ? { kind: 'intent', intent: reading.intent }
    : askBack(
        reading.reason,
        reading.meant,
        questionFor(reading) ?? QUESTIONS[`${found.verb.command} ${reading.reason}`],
      );
}

/** What is asked back where the general question would not help. */
const QUESTIONS: Readonly<Record<string, string>> = {
  'image missing_amount': 'Which image? Name it with its tag, for example: image cart shop/cart:1.4.3.',
  'resize missing_amount': 'How much? Say an amount, for example: resize checkout --memory 1Gi.',
  'autoscale missing_amount': 'Between how many replicas? For example: autoscale checkout --min 2 --max 8.',
  'label missing_amount': 'Which label? For example: label checkout team=payments.',
  'annotate missing_amount': 'Which annotation? For example: annotate checkout owner=ada.',
  'drain missing_target': 'Which node? Name it, for example: drain worker-2.',
  'cordon missing_target': 'Which node? Name it, for example: cordon worker-2.',
  'uncordon missing_target': 'Which node? Name it, for example: uncordon worker-2.',
};

/** Words that say nothing more, by what is ordered. */
const FILLERS: Readonly<Partial<Record<OperandCommand, RegExp>>> = {
  pause: /^(?:the|of|rollout|rolling)$/,
  resume: /^(?:the|of|rollout|back)$/,
  uncordon: /^(?:the|again)$/,
  drain: /^(?:the|its|off)$/,
  cordon: /^(?:the|off)$/,
  image: /^(?:the|of|on|for|in|to|container)$/,
  resize: /^(?:the|of|for|its|a|to|on|with)$/,
  autoscale: /^(?:the|of|its|to|replicas|pods|itself|for)$/,
  label: /^(?:the|to|from|on|a|with)$/,
  annotate: /^(?:the|to|from|on|an|with)$/,
};
const NO_FILLERS = /^(?:the)$/;

/**
 * Reads an order for an operation. Like every order it becomes a change only when each of its words is accounted for.
 */
export function readOperation(sentence: Sentence, found: FoundVerb, place: Place): OrderReading {
  const command = found.verb.command ?? 'pause';
  const values = noValues();
  const slots = readSlots(sentence, found, place, {
    first: (at) => VALUE_READERS[command]?.(sentence, at, values) ?? 0,
    last: (at) => ((FILLERS[command] ?? NO_FILLERS).test(sentence.texts[at] ?? '') ? 1 : 0),
  });
  const mended =
    command === 'label' || command === 'annotate' ? takeAwayOf(sentence, found, slots, values) : slots;
  const meant = meantBy(command, mended, values);
  const reason = findDoubt(sentence, found, mended, values);
  const [intent] = meant;
  if (reason !== undefined || intent === undefined)
    return {
      kind: 'unclear',
      reason: reason ?? 'unclear_amount',
      meant: reason === 'several_actions' ? [] : meant,
      unexplained: unexplainedBy(mended),
    };
  return { kind: 'change', intent };
}

/** "Remove the label team from checkout": the word after the noun is the key, and no object. */
function takeAwayOf(sentence: Sentence, found: FoundVerb, slots: Slots, values: OperationValues): Slots {
  const isRemoval = /^(?:remove|drop|delete|take)$/.test(found.verb.head[0] ?? '');
  const noun = sentence.texts.findIndex((text) => /^(?:label|annotation)$/.test(text));
  const key = noun === -1 ? undefined : sentence.parts[noun + 1];
  if (!isRemoval || key === undefined || Object.keys(values.marks).length > 0) return slots;
  values.marks[sentence.text.slice(key.start, key.end)] = null;
  return {
    ...slots,
    targets: slots.targets.filter(({ word }) => word !== key.typed),
    unexplained: slots.unexplained.filter((part) => part !== key),
  };
}

function findDoubt(
  sentence: Sentence,
  { at, verb }: FoundVerb,
  slots: Slots,
  values: OperationValues,
): AskReason | undefined {
  if (findPhrase(sentence.plain, ALL_WORDS, at) !== -1) return 'several_targets';
  const names = new Set(slots.targets.flatMap(({ word }) => word ?? []));
  const known = new Set(slots.targets.flatMap(({ word, isKnown }) => (isKnown === true ? (word ?? []) : [])));
  // "Drain worker-2 wibble": the second is no other object, but a word that we do not know.
  if (names.size > 1 && known.size === 1 && slots.joiners.length === 0) return 'qualifier';
  if (names.size > 1 || slots.joiners.length > 0) return 'several_targets';
  if (names.size === 0) return 'missing_target';
  if (places(slots, 'namespace').size > 1 || places(slots, 'cluster').size > 1) return 'several_targets';
  const after = sentence.plain.slice(at + verb.head.length);
  if (slots.unexplained.length > 0 && findPhrase(after, HEDGES) !== -1) return 'unclear_order';
  return doubtOfValues(verb.command ?? 'pause', slots, values);
}

function places({ targets, places: said }: Slots, key: keyof Place): ReadonlySet<string> {
  return new Set([...targets, ...said].flatMap((place: Place) => place[key] ?? []));
}

function doubtOfValues(
  command: OperandCommand,
  slots: Slots,
  values: OperationValues,
): AskReason | undefined {
  const isVague = slots.unexplained.some(({ text }) =>
    /^(?:more|less|latest|newest|bit|some|higher|bigger|smaller|double|newer|old|previous|\d.*)$/.test(text),
  );
  const hasValue = VALUE_READERS[command] === undefined || countOf(command, values) > 0;
  if (!hasValue) return isVague && command !== 'resize' ? 'unclear_amount' : 'missing_amount';
  if (slots.unexplained.length > 0 || slots.amounts.length > 0 || slots.revisions.length > 0)
    return isVague ? 'unclear_amount' : 'qualifier';
  return undefined;
}

function countOf(command: OperandCommand, values: OperationValues): number {
  if (command === 'image') return values.images.length;
  if (command === 'resize') return values.quantities.length;
  return command === 'autoscale' ? values.bounds.length : Object.keys(values.marks).length;
}

/** The change for each object that was named, where it can be typed. */
function meantBy(command: OperandCommand, slots: Slots, values: OperationValues): readonly Intent[] {
  const words = [...new Set(slots.targets.flatMap(({ word }) => word ?? []))];
  const where: Place = Object.assign(
    {},
    ...slots.targets.flatMap(({ namespace }) => (namespace === undefined ? [] : [{ namespace }])),
    ...slots.places,
  );
  return words.flatMap((word) => {
    const intent = intentOf(command, word, where, values);
    if (intent === undefined) return [];
    // What the typed command would not take is not taken when it is said, either.
    const typed = parseCommand(formatIntent(intent));
    return typed.kind === 'intent' ? [typed.intent] : [];
  });
}
