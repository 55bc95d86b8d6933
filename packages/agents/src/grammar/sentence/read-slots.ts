import type { Place } from '../parameters.ts';
import type { FoundVerb } from './match-verb.ts';
import type { Part } from './name-parts.ts';
import { phraseLength } from './phrase-length.ts';
import { type AmountReading, readAmountWords } from './read-amount-words.ts';
import { readPlaceWords } from './read-place-words.ts';
import { readRevisionWords } from './read-revision-words.ts';
import { readTargetWords, type TargetReading } from './read-target-words.ts';
import type { Sentence } from './sentence.ts';
import { COURTESIES } from './words/courtesy.ts';
import { UNIT_WORDS } from './words/numbers.ts';

/** What an order says, part by part. Only when `unexplained` is empty has every word been understood. */
export interface Slots {
  readonly targets: readonly TargetReading[];
  readonly places: readonly Place[];
  readonly amounts: readonly AmountReading['amount'][];
  readonly revisions: readonly (number | undefined)[];
  /** `up` and `down` of the verb's manner: which way an amount goes. */
  readonly directions: readonly string[];
  /** Between targets or orders: `and`, `or`, `then`. */
  readonly joiners: readonly string[];
  readonly unexplained: readonly Part[];
}

type Draft = { -readonly [Key in keyof Slots]: Slots[Key] extends readonly (infer Item)[] ? Item[] : never };

/** Reads one slot that begins at a word; 0 when what stands there is none of it, else how many words it took. */
type SlotReader = (reading: OrderReading, at: number) => number;

interface OrderReading {
  readonly sentence: Sentence;
  readonly found: FoundVerb;
  readonly draft: Draft;
}

/** What an order takes beside the slots: `first` comes before all of them, `last` after. */
export interface MoreReaders {
  readonly first: (at: number) => number;
  readonly last: (at: number) => number;
}

const NO_MORE: MoreReaders = { first: () => 0, last: () => 0 };

/** The first reader that knows what stands at a word takes it; what none knows is unexplained. */
const READERS: readonly SlotReader[] = [
  takeNamedTarget,
  takeCourtesy,
  takeRevision,
  takeAmount,
  takePlace,
  takeTarget,
  takeFiller,
];

const JOINERS: ReadonlySet<string> = new Set('and & + or then plus nor versus'.split(' '));
const DIRECTIONS: ReadonlySet<string> = new Set('up down back out'.split(' '));
/** Nouns that an order may hold and that say nothing more. */
const SCALE_FILLERS: ReadonlySet<string> = new Set(
  'the number of count replica-count size capacity scale its total a new'.split(' '),
);
const ROLLBACK_FILLERS: ReadonlySet<string> = new Set(
  'the last latest recent previous earlier prior preceding release rollout deploy change changes update version of its to'.split(
    ' ',
  ),
);
const RESTART_FILLERS: ReadonlySet<string> = new Set('a the of rolling rollout'.split(' '));
const FILLERS = { scale: SCALE_FILLERS, rollback: ROLLBACK_FILLERS, restart: RESTART_FILLERS } as const;

/** Reads the slots of an order from the word after its verb on. `before` is a place that was said first. */
export function readSlots(
  sentence: Sentence,
  found: FoundVerb,
  before: Place,
  more: MoreReaders = NO_MORE,
): Slots {
  const draft: Draft = {
    targets: [],
    places: Object.keys(before).length === 0 ? [] : [before],
    amounts: [],
    revisions: [],
    directions: [],
    joiners: [],
    unexplained: [],
  };
  const reading: OrderReading = { sentence, found, draft };
  for (let at = found.at + found.verb.head.length; at < sentence.parts.length; )
    at += takeParticle(reading, at) || more.first(at) || takeOne(reading, at, more);
  return draft;
}

function takeOne(reading: OrderReading, at: number, more: MoreReaders): number {
  for (const reader of [...READERS, (_: OrderReading, next: number) => more.last(next)]) {
    const taken = reader(reading, at);
    if (taken > 0) return taken;
  }
  const part = reading.sentence.parts[at];
  if (part !== undefined) reading.draft.unexplained.push(part);
  return 1;
}

function takeParticle({ found }: OrderReading, at: number): number {
  return at === found.particleAt ? found.verb.particle.length : 0;
}

/** What is called like an object is that object, though its name be a word of ours. */
function takeNamedTarget(reading: OrderReading, at: number): number {
  const target = readTargetWords(reading.sentence.parts, at);
  if (target === undefined) return 0;
  const taken = reading.sentence.parts.slice(at, at + target.taken);
  if (!taken.some((part) => part.isObject && !part.isNamespace)) return 0;
  reading.draft.targets.push(target);
  return target.taken;
}

function takeRevision({ sentence, found, draft }: OrderReading, at: number): number {
  const revision = readRevisionWords(sentence.parts, at, found.verb.meaning === 'rollback');
  if (revision === undefined) return 0;
  draft.revisions.push(revision.revision);
  return revision.taken;
}

function takeAmount({ sentence, draft }: OrderReading, at: number): number {
  const amount = readAmountWords(sentence.parts, at);
  if (amount === undefined) return 0;
  draft.amounts.push(amount.amount);
  return amount.taken;
}

function takePlace({ sentence, draft }: OrderReading, at: number): number {
  const place = readPlaceWords(sentence.parts, at) ?? bareNamespace(sentence, at, draft);
  if (place === undefined) return 0;
  draft.places.push(place.place);
  return place.taken;
}

/** "Restart checkout payments." */
function bareNamespace({ parts }: Sentence, at: number, { targets }: Draft) {
  const part = parts[at];
  const isAfterTarget = targets.length > 0 && parts[at - 1]?.isObject === true && parts[at - 1]?.mark === '';
  if (part === undefined || !isAfterTarget || part.isObject) return undefined;
  if (part.isNamespace) return { taken: 1, place: { namespace: part.typed } };
  return part.isCluster ? { taken: 1, place: { cluster: part.typed } } : undefined;
}

function takeCourtesy({ sentence }: OrderReading, at: number): number {
  return phraseLength(sentence.texts, at, COURTESIES);
}

function takeTarget({ sentence, found, draft }: OrderReading, at: number): number {
  const target = readTargetWords(sentence.parts, at);
  if (target === undefined) return 0;
  // "The replicas of checkout" names nothing yet.
  const next = sentence.texts[at + target.taken] ?? '';
  const isOfScale = found.verb.meaning === 'scale';
  const isOnlyNoun =
    target.word === undefined &&
    target.hasKind !== true &&
    (isOfScale || /^(?:of|for|to|by|from|on|in|off)$/.test(next));
  if (!isOnlyNoun) draft.targets.push(target);
  return target.taken;
}

function takeFiller({ sentence, found, draft }: OrderReading, at: number): number {
  const text = sentence.texts[at] ?? '';
  if (JOINERS.has(text)) {
    draft.joiners.push(text);
    return 1;
  }
  if (DIRECTIONS.has(text)) {
    draft.directions.push(text);
    return 1;
  }
  const { meaning } = found.verb;
  const fillers =
    meaning === 'scale' || meaning === 'rollback' || meaning === 'restart' ? FILLERS[meaning] : undefined;
  const isUnit = meaning === 'scale' && UNIT_WORDS.has(text);
  return isUnit || fillers?.has(text) === true ? 1 : 0;
}
