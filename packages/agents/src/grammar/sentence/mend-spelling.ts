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
  let best: string | undefined;
  let atMost = word.length >= LENGTH_FOR_TWO ? 2 : 1;
  for (const candidate of CORRECTABLE) {
    // Fingers seldom miss both of the first two letters.
    if (
      candidate.length < SHORTEST ||
      (candidate[0] !== word[0] && candidate[0] !== word[1] && candidate[1] !== word[0])
    )
      continue;
    const distance = editDistance(
      word,
      candidate,
      candidate.length >= LENGTH_FOR_TWO ? atMost : Math.min(1, atMost),
    );
    if (distance > atMost || (candidate.length < LENGTH_FOR_TWO && distance > 1)) continue;
    best = candidate;
    atMost = distance - 1;
    if (atMost < 1) break;
  }
  return best;
}
