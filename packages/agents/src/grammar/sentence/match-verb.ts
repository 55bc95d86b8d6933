import { phraseLength } from './phrase-length.ts';
import { COURTESIES } from './words/courtesy.ts';
import { PRONOUNS } from './words/kinds.ts';
import { NUMBERS, UNIT_WORDS } from './words/numbers.ts';
import { GERUNDS, VERBS_BY_FIRST, type Verb } from './words/verbs.ts';

export interface FoundVerb {
  readonly verb: Verb;
  readonly at: number;
  /** Where its particle stands, when it has one: `roll … back`. */
  readonly particleAt?: number;
}

const MORE_WORDS: ReadonlySet<string> = new Set(
  'more fewer less few another extra additional double twice half some several many couple'.split(' '),
);
/** What we do not change, though people ask for more of it. */
export const RESOURCE_WORDS: ReadonlySet<string> = new Set(
  'memory cpu cpus ram limit limits request requests image images tag env environment variable variables config configuration configmap secret disk storage volume label labels annotation annotations probe probes port ports quota hpa budget password certificate schedule strategy'.split(
    ' ',
  ),
);

/** The order that begins at a word: the one that says most. Undefined when there is none. */
export function matchVerb(texts: readonly string[], at: number, isGerund = false): FoundVerb | undefined {
  if (at >= texts.length) return undefined;
  const spoken = isGerund ? texts.with(at, GERUNDS.get(texts[at] ?? '') ?? '') : texts;
  const found = (VERBS_BY_FIRST.get(spoken[at] ?? '') ?? []).flatMap((verb) => matchOne(spoken, at, verb));
  return found.find(({ verb }) => verb.meaning !== 'unclear') ?? found[0];
}

function matchOne(texts: readonly string[], at: number, verb: Verb): readonly FoundVerb[] {
  const { head, particle } = verb;
  if (!head.every((word, index) => texts[at + index] === word)) return [];
  const after = at + head.length;
  if ((verb.needs === 'number' || verb.counts === true) && !speaksOfNumbers(texts, after)) return [];
  // "Get the last 50 lines" only looks.
  if (head[0] === 'get' && !texts.includes('to', after)) return [];
  // "Drop it" ends the work; "drop it to 2" does not.
  if (verb.meaning === 'stop' && head.length > 1 && !isOnlyCourtesy(texts, after)) return [];
  if (particle.length === 0) return [{ verb, at }];
  const particleAt = texts.findIndex(
    (_, index) => index > after && particle.every((word, offset) => texts[index + offset] === word),
  );
  if (particleAt === -1) return [];
  // "Take web from 3 to 5" takes nothing from it.
  if (particle.at(-1) === 'from' && isNumeral(texts[particleAt + particle.length] ?? '')) return [];
  if (verb.meaning === 'undo' && !isTakenBack(texts, after, particleAt)) return [];
  return [{ verb, at, particleAt }];
}

function speaksOfNumbers(texts: readonly string[], from: number): boolean {
  const rest = texts.slice(from, from + 40);
  if (rest[0] === 'me' || rest[0] === 'us') return false;
  return rest.some(
    (text) => isNumeral(text) || MORE_WORDS.has(text) || RESOURCE_WORDS.has(text) || UNIT_WORDS.has(text),
  );
}

function isNumeral(text: string): boolean {
  return /^[-+#x]?\d|^(?:v|r|rev)\d+$/.test(text) || NUMBERS.has(text);
}

/** "Take that back", but not "take it back to 3". */
function isTakenBack(texts: readonly string[], after: number, particleAt: number): boolean {
  return particleAt === after + 1 && PRONOUNS.has(texts[after] ?? '') && texts[particleAt + 1] !== 'to';
}

/** Whether nothing but politeness follows. */
export function isOnlyCourtesy(texts: readonly string[], from: number): boolean {
  for (let at = from; at < texts.length; ) {
    const length = phraseLength(texts, at, COURTESIES);
    if (length === 0) return false;
    at += length;
  }
  return true;
}
