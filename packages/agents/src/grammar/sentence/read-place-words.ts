import type { Place } from '../parameters.ts';
import type { Part } from './name-parts.ts';
import { CLUSTER_WORDS, DETERMINERS, KIND_WORDS, NAMESPACE_WORDS } from './words/kinds.ts';

/** Words of a sentence that say where, and how many they are. */
export interface PlaceReading {
  readonly taken: number;
  readonly place: Place;
}

const PREPOSITIONS: ReadonlySet<string> = new Set(
  'in on for at from inside within under into over of im auf em en dans na no nel'.split(' '),
);

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
  let next = at;
  const hasPreposition = PREPOSITIONS.has(parts[next]?.text ?? '');
  if (hasPreposition) next += 1;
  if (DETERMINERS.has(parts[next]?.text ?? '')) next += 1;
  const leading = placeWordOf(parts[next]);
  if (leading !== undefined)
    next += parts[next + 1]?.text === 'called' || parts[next + 1]?.text === 'named' ? 2 : 1;
  const name = parts[next];
  if (name === undefined) return undefined;
  // "in the payments namespace": what follows says which of the two it is.
  const trailing = leading === undefined ? placeWordOf(parts[next + 1]) : undefined;
  const key = leading ?? trailing ?? keyOf(name, hasPreposition);
  if (key === undefined || !mayBe(name, key)) return undefined;
  const isSaid = leading !== undefined || trailing !== undefined;
  if (!isSaid && !hasPreposition && !name.isBracketed) return undefined;
  // "for checkout" names an object, though a namespace may be called like it.
  if (!isSaid && name.isObject && !name.isBracketed && parts[at]?.text !== 'in') return undefined;
  next += trailing === undefined ? 1 : 2;
  return { taken: next - at, place: { [key]: name.typed } };
}

function placeWordOf(part: Part | undefined): 'namespace' | 'cluster' | undefined {
  const text = part?.text ?? '';
  if (NAMESPACE_WORDS.has(text)) return 'namespace';
  return CLUSTER_WORDS.has(text) ? 'cluster' : undefined;
}

function keyOf(name: Part, hasPreposition: boolean): 'namespace' | 'cluster' | undefined {
  if (name.isNamespace) return 'namespace';
  if (name.isCluster) return 'cluster';
  if (!name.isUnknown || name.isObject || name.text.includes('/')) return undefined;
  return hasPreposition || name.isBracketed ? 'namespace' : undefined;
}

function mayBe(name: Part, key: 'namespace' | 'cluster'): boolean {
  const isKnown = key === 'namespace' ? name.isNamespace : name.isCluster;
  return (
    isKnown || ((name.isUnknown || name.isObject) && !KIND_WORDS.has(name.text) && !name.text.includes('/'))
  );
}
