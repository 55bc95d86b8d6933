import { editDistance } from '@jamie/analysis';
import { CORRECTABLE } from './words/reading.ts';

const SHORTEST = 5;
const LENGTH_FOR_TWO = 8;

/**
 * The word of ours that a misspelt one stands for: one edit away from five letters on, two from eight; undefined when
 * there is none. A swap of neighbours is one edit.
 */
export function mendSpelling(word: string): string | undefined {
  if (word.length < SHORTEST || !/^[a-z]+$/.test(word)) return undefined;
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of CORRECTABLE) {
    if (!isSimilar(word, candidate)) continue;
    const atMost = Math.min(word.length, candidate.length) >= LENGTH_FOR_TWO ? 2 : 1;
    const distance = editDistance(word, candidate, atMost);
    if (distance <= atMost && distance < (best?.distance ?? Number.POSITIVE_INFINITY))
      best = { candidate, distance };
  }
  return best?.candidate;
}

/** Fingers seldom miss both of the first two letters, and never that many. */
function isSimilar(word: string, candidate: string): boolean {
  const isBegun = candidate[0] === word[0] || candidate[0] === word[1] || candidate[1] === word[0];
  return isBegun && candidate.length >= SHORTEST && Math.abs(candidate.length - word.length) <= 2;
}
