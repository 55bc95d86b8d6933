import type { Part } from './name-parts.ts';
import { DETERMINERS, KIND_WORDS, PRONOUNS, type ShortKind, THING_WORDS } from './words/kinds.ts';

/** Words of a sentence that name one object. */
export interface TargetReading {
  readonly taken: number;
  /** As it is typed in a command: `checkout`, `deploy/checkout`, `it`. Undefined for "the deployment", which names none. */
  readonly word: string | undefined;
  readonly namespace?: string;
  /** There is an object of this name. */
  readonly isKnown?: boolean;
  /** It says of what kind it is. */
  readonly hasKind?: boolean;
}

/** What may stand before a target: "of checkout", "to checkout" after "add 2". */
const PREPOSITIONS: ReadonlySet<string> = new Set('of for to from off on'.split(' '));
const ONES: ReadonlySet<string> = new Set('one ones thing guy sucker'.split(' '));
const SOMETHING: ReadonlySet<string> = new Set('something someone anything stuff things'.split(' '));

/** Reads "the checkout deployment", "payments checkout", "deploy/checkout", "that one" from a word on. */
export function readTargetWords(parts: readonly Part[], at: number): TargetReading | undefined {
  let next = at;
  if (PREPOSITIONS.has(parts[next]?.text ?? '')) next += 1;
  const pronoun = readPronoun(parts, next, at);
  if (pronoun !== undefined) return pronoun;
  while (DETERMINERS.has(parts[next]?.text ?? '')) next += 1;
  const namespace = namespaceBefore(parts, next);
  if (namespace !== undefined) next += 1;
  const before = readKinds(parts, next);
  next += before.taken;
  const name = parts[next];
  if (name === undefined || !isName(name)) return readNameless(parts, at, next, before);
  const after = readKinds(parts, next + 1);
  const kind = before.kind ?? after.kind;
  const { word, namespace: inPath } = readPath(name, kind);
  const where = inPath ?? namespace;
  return {
    taken: next + 1 + after.taken - at,
    word,
    isKnown: name.isObject,
    ...(where !== undefined && { namespace: where }),
  };
}

/** Whether a part may name an object: it is one's name, or a word that is none of ours. */
function isName(part: Part): boolean {
  if (part.isBracketed) return false;
  return (
    part.isObject || (part.isUnknown && !part.isNamespace && !part.isCluster && !part.text.startsWith('-'))
  );
}

function namespaceBefore(parts: readonly Part[], at: number): string | undefined {
  const [first, second] = [parts[at], parts[at + 1]];
  if (first?.isNamespace !== true || first.mark !== '' || first.isBracketed || first.isObject)
    return undefined;
  return second?.isObject === true && !second.isBracketed ? first.typed : undefined;
}

function readPronoun(parts: readonly Part[], next: number, at: number): TargetReading | undefined {
  const taken = pronounLength(parts, next);
  return taken === 0 ? undefined : { taken: next + taken - at, word: 'it' };
}

function pronounLength(parts: readonly Part[], at: number): number {
  const [first = '', second, third = ''] = parts.slice(at, at + 3).map((part) => part.text);
  if (first === 'the' && second === 'same' && ONES.has(third)) return 3;
  if (!PRONOUNS.has(first) || parts[at]?.isObject === true) return 0;
  if (first === 'it' || first === 'them' || second === undefined) return 1;
  return ONES.has(second) ? 2 : pointingLength(parts, at);
}

/** "That", "that deployment"; but in "that checkout" it only points. */
function pointingLength(parts: readonly Part[], at: number): number {
  const kinds = readKinds(parts, at + 1);
  const follower = parts[at + 1 + kinds.taken];
  if (follower !== undefined && isName(follower)) return 0;
  if (kinds.taken > 0) return 1 + kinds.taken;
  return follower?.isNamespace === true ? 0 : 1;
}

function readNameless(
  parts: readonly Part[],
  at: number,
  next: number,
  kinds: Kinds,
): TargetReading | undefined {
  if (kinds.taken > 0) return { taken: next - at, word: undefined, hasKind: kinds.kind !== undefined };
  return SOMETHING.has(parts[next]?.text ?? '') ? { taken: next + 1 - at, word: undefined } : undefined;
}

interface Kinds {
  readonly taken: number;
  readonly kind?: ShortKind;
}

function readKinds(parts: readonly Part[], at: number): Kinds {
  let next = at;
  let kind: ShortKind | undefined;
  for (let part = parts[next]; part !== undefined && !part.isObject; part = parts[next]) {
    const said = KIND_WORDS.get(part.text);
    if (said === undefined && !THING_WORDS.has(part.text)) break;
    kind ??= said;
    next += 1;
  }
  return { taken: next - at, ...(kind !== undefined && { kind }) };
}

function readPath(
  name: Part,
  spoken: ShortKind | undefined,
): { readonly word: string; readonly namespace?: string } {
  const path = name.typed.split('/').filter((piece) => piece !== '');
  const last = path.at(-1) ?? name.typed;
  const before = path.slice(0, -1);
  const typedKind = before.find((piece) => KIND_WORDS.has(piece) || piece === 'service' || piece === 'no');
  const namespace = before.find((piece) => piece !== typedKind);
  const kind = typedKind ?? spoken;
  return {
    word: kind === undefined ? last : `${KIND_WORDS.get(kind) ?? kind}/${last}`,
    ...(namespace !== undefined && { namespace }),
  };
}
