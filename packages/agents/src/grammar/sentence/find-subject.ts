import type { Place } from '../parameters.ts';
import type { Part } from './name-parts.ts';
import { readPlaceWords } from './read-place-words.ts';
import { readTargetWords } from './read-target-words.ts';
import type { Sentence } from './sentence.ts';
import { DETERMINERS, KIND_WORDS, THING_WORDS } from './words/kinds.ts';
import { ENGLISH } from './words/reading.ts';

/** What a question is about. */
export interface Subject {
  /** As a command names it: one word, or none. */
  readonly words: readonly string[];
  readonly place: Place;
  /** It speaks of "it", and names nothing. */
  readonly isPronoun: boolean;
  /** Where the name stands in the sentence; -1 without one. */
  readonly at: number;
  readonly length: number;
}

interface Candidate {
  readonly at: number;
  readonly taken: number;
  readonly word: string;
  readonly namespace?: string;
  readonly weight: number;
}

/** After these a name is what the sentence is about. */
const BEFORE_NAME: ReadonlySet<string> = new Set(
  `is are was were does did do has have had will would should could can of with for about restart restarting scale scaling rollback back
  why in to explain diagnose check describe on than did if whether and that see revert look at fix restarted scaled`.split(
    /\s+/,
  ),
);

/** Finds the object, the place or the pronoun that a question is about. A name of the vocabulary comes first. */
export function findSubject(sentence: Sentence): Subject {
  const { parts } = sentence;
  let place: Place = {};
  const candidates: Candidate[] = [];
  for (let at = 0; at < parts.length; ) {
    const target = readTarget(parts, at);
    const isObject = target !== undefined && parts.slice(at, at + target.taken).some((part) => part.isObject);
    const found = isObject ? undefined : readPlaceWords(parts, at);
    if (found !== undefined) place = { ...found.place, ...place };
    else if (target !== undefined) candidates.push(target);
    at += found?.taken ?? target?.taken ?? 1;
  }
  const best = candidates.reduce<Candidate | undefined>(
    (chosen, candidate) => (chosen === undefined || candidate.weight > chosen.weight ? candidate : chosen),
    undefined,
  );
  if (best !== undefined) {
    const where = { ...(best.namespace !== undefined && { namespace: best.namespace }), ...place };
    return {
      words: [best.word],
      place: withBare(sentence, best, where),
      isPronoun: false,
      at: best.at,
      length: best.taken,
    };
  }
  const isPronoun = saysIt(parts);
  return {
    words: [],
    place: Object.keys(place).length > 0 ? place : barePlace(parts),
    isPronoun,
    at: -1,
    length: 0,
  };
}

/** Words before a name that belong to it: "of the". */
const MAX_BEFORE = 3;

function readTarget(parts: readonly Part[], at: number): Candidate | undefined {
  let next = at;
  while (next < at + MAX_BEFORE && isBeforeName(parts[next]?.text ?? '')) next += 1;
  const target = readTargetWords(parts, next);
  if (target?.word === undefined || target.word === 'it') return undefined;
  const span = parts.slice(next, next + target.taken);
  const name = span.find((part) => part.isObject) ?? span.find((part) => part.isUnknown);
  if (name === undefined) return undefined;
  const { word, namespace } = target;
  const weight = weightOf(name, span, parts[next - 1]?.text ?? '') + next - at;
  return { at, taken: next - at + target.taken, word, weight, ...(namespace !== undefined && { namespace }) };
}

function isBeforeName(text: string): boolean {
  return DETERMINERS.has(text) || /^(?:of|for|to|from|off|on)$/.test(text);
}

/** How likely a name is what the question is about: known ones first, then those in the place of a name. */
function weightOf(name: Part, span: readonly Part[], before: string): number {
  const known = name.isObject ? (ENGLISH.has(name.text) ? 2 : 6) : 0;
  const hasKind = span.length > 1 && span.some(({ text }) => KIND_WORDS.has(text) || THING_WORDS.has(text));
  return known + (BEFORE_NAME.has(before) ? 2 : 0) + (hasKind ? 1 : 0);
}

/** "Restart checkout payments": a namespace that stands beside the name. */
function withBare({ parts }: Sentence, { at, taken }: Candidate, place: Place): Place {
  const after = parts[at + taken];
  const isBeside = parts[at + taken - 1]?.mark === '' && after !== undefined && !after.isObject;
  if (!isBeside) return place;
  if (after.isNamespace && place.namespace === undefined && !ENGLISH.has(after.text))
    return { ...place, namespace: after.typed };
  return after.isCluster && place.cluster === undefined ? { ...place, cluster: after.typed } : place;
}

function barePlace(parts: readonly Part[]): Place {
  const namespace = parts.find((part) => part.isNamespace)?.typed;
  const cluster = parts.find((part) => part.isCluster)?.typed;
  return { ...(namespace !== undefined && { namespace }), ...(cluster !== undefined && { cluster }) };
}

/** "It" and "its", and "that" or "this" where nothing follows that it would belong to. */
function saysIt(parts: readonly Part[]): boolean {
  return parts.some((part, index) => {
    if (/^(?:it|its|them|they)$/.test(part.text)) return true;
    const isAsked =
      /^(?:is|was|does|did|will)$/.test(parts[index - 1]?.text ?? '') &&
      !/^(?:cluster|namespace)$/.test(parts[index + 1]?.text ?? '');
    const isLast = isAsked || index === parts.length - 1 || part.mark !== '';
    return /^(?:that|this|these|those)$/.test(part.text) && isLast;
  });
}
