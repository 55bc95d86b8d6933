import { readSeconds } from '../read-values.ts';
import { readNumberWords } from './read-number-words.ts';
import type { Sentence } from './sentence.ts';

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(?:s|secs?|seconds?)$/, 1],
  [/^(?:m|mins?|minutes?)$/, 60],
  [/^(?:h|hrs?|hours?)$/, 3_600],
  [/^(?:d|days?)$/, 86_400],
  [/^(?:w|weeks?)$/, 604_800],
];
const WEEK_SECONDS = 604_800;
/** Before a stretch of time that ends now. */
const BEFORE_TIME: ReadonlySet<string> = new Set(
  'last past since from in within over for these previous the this of during'.split(' '),
);

/** The stretch of time up to now that a sentence speaks of, in seconds: "since ten minutes ago", "in the last hour". */
export function readSince({ parts, texts }: Sentence, exceptAt = -1): number | undefined {
  for (let at = 0; at < parts.length; at += 1) {
    const found = at === exceptAt ? undefined : readStretch(parts, at);
    if (found === undefined) continue;
    const isUpToNow = BEFORE_TIME.has(texts[at - 1] ?? '') || texts[at + found.taken] === 'ago';
    if (isUpToNow && found.seconds >= 1 && found.seconds <= WEEK_SECONDS) return found.seconds;
  }
  return undefined;
}

/** "Ten minutes", "an hour", "half an hour", "90s" from a word on. */
export function readStretch(
  parts: Sentence['parts'],
  at: number,
): { readonly taken: number; readonly seconds: number } | undefined {
  const [first = '', second = '', third = ''] = parts.slice(at, at + 3).map((part) => part.text);
  if (first === 'half' && second === 'an' && unitOf(third) !== undefined) return { taken: 3, seconds: 1_800 };
  if (/^\d+[smhdw]/.test(first)) {
    const seconds = readSeconds(first);
    return seconds === undefined ? undefined : { taken: 1, seconds };
  }
  if (first === 'couple' && second === 'of') return stretchOf(2, third, 3);
  if (first === 'a' || first === 'an') return stretchOf(1, second, 2);
  const number = readNumberWords(parts, at);
  if (number !== undefined)
    return stretchOf(number.value, parts[at + number.taken]?.text ?? '', number.taken + 1);
  return /^(?:minute|hour|day|week)$/.test(first) ? stretchOf(1, first, 1) : undefined;
}

function stretchOf(count: number, unit: string, taken: number) {
  const seconds = unitOf(unit);
  return seconds === undefined ? undefined : { taken, seconds: count * seconds };
}

function unitOf(text: string): number | undefined {
  return UNITS.find(([pattern]) => pattern.test(text))?.[1];
}
