import type { Place } from '../parameters.ts';
import type { Part } from './name-parts.ts';
import { CLUSTER_WORDS, DETERMINERS, KIND_WORDS, NAMESPACE_WORDS } from './words/kinds.ts';

/** Words of a sentence that say where, and how many they are. */
export interface PlaceReading {
  readonly taken: number;
  readonly place: Place;
}

/** Before a place. What follows these and is unknown to us can only be a namespace, or a cluster, or no place at all. */
const PREPOSITIONS: ReadonlyMap<string, 'namespace' | 'cluster' | 'neither'> = new Map([
  ...'in from inside within under im en dans nel'.split(' ').map((word) => [word, 'namespace'] as const),
  ...'on at auf em'.split(' ').map((word) => [word, 'cluster'] as const),
  ...'for into over of to'.split(' ').map((word) => [word, 'neither'] as const),
]);

/** Reads "in payments", "on the prod-eu cluster", "the payments namespace", "(payments)", "-n payments" from a word on. */
export function readPlaceWords(parts: readonly Part[], at: number): PlaceReading | undefined {
  return readFlag(parts, at) ?? readPhrase(parts, at);
}

function readFlag(parts: readonly Part[], at: number): PlaceReading | undefined {
  const [flag = '', inline] = (parts[at]?.text ?? '').split('=');
  const key =
    flag === '-n' || flag === '--namespace' ? 'namespace' : flag === '--cluster' ? 'cluster' : undefined;
  const value = inline ?? parts[at + 1]?.typed;
  if (key === undefined || value === undefined || value === '' || value.startsWith('-')) return undefined;
  return { taken: inline === undefined ? 2 : 1, place: { [key]: value } };
}

function readPhrase(parts: readonly Part[], at: number): PlaceReading | undefined {
  const unknown = PREPOSITIONS.get(parts[at]?.text ?? '');
  const start = skipDeterminer(parts, unknown === undefined ? at : at + 1);
  const leading = placeWordOf(parts[start]);
  const next = leading === undefined ? start : skipCalled(parts, start + 1);
  const name = parts[next];
  if (name === undefined) return undefined;
  // "in the payments namespace": what follows says which of the two it is.
  const trailing = leading === undefined ? placeWordOf(parts[next + 1]) : undefined;
  const said = leading ?? trailing;
  const key = said ?? keyOf(name, name.isBracketed ? 'namespace' : unknown, parts[at]?.text);
  if (key === undefined || !mayBe(name, key)) return undefined;
  return { taken: next + (trailing === undefined ? 1 : 2) - at, place: { [key]: name.typed } };
}

function skipDeterminer(parts: readonly Part[], at: number): number {
  return DETERMINERS.has(parts[at]?.text ?? '') ? at + 1 : at;
}

function skipCalled(parts: readonly Part[], at: number): number {
  return /^(?:called|named)$/.test(parts[at]?.text ?? '') ? at + 1 : at;
}

function placeWordOf(part: Part | undefined): 'namespace' | 'cluster' | undefined {
  const text = part?.text ?? '';
  if (NAMESPACE_WORDS.has(text)) return 'namespace';
  return CLUSTER_WORDS.has(text) ? 'cluster' : undefined;
}

function keyOf(
  name: Part,
  unknown: 'namespace' | 'cluster' | 'neither' | undefined,
  preposition: string | undefined,
): 'namespace' | 'cluster' | undefined {
  if (unknown === undefined) return undefined;
  // "For checkout" names an object, though a namespace may be called like it.
  if (name.isObject && !name.isBracketed && preposition !== 'in') return undefined;
  if (name.isNamespace) return 'namespace';
  if (name.isCluster) return 'cluster';
  const mayBeNew = name.isUnknown && !name.isObject && !name.text.includes('/');
  return mayBeNew && unknown !== 'neither' ? unknown : undefined;
}

function mayBe(name: Part, key: 'namespace' | 'cluster'): boolean {
  const isKnown = key === 'namespace' ? name.isNamespace : name.isCluster;
  return (
    isKnown || ((name.isUnknown || name.isObject) && !KIND_WORDS.has(name.text) && !name.text.includes('/'))
  );
}
