import type { Part } from './name-parts.ts';
import { NUMBERS, TENS_WORDS } from './words/numbers.ts';

/** A whole number, and how many words say it. */
export interface NumberReading {
  readonly taken: number;
  readonly value: number;
}

/** Reads `5`, "five", "twenty five", "a dozen", "half a dozen", "two hundred" from a word on. */
export function readNumberWords(parts: readonly Part[], at: number): NumberReading | undefined {
  const [first = '', second = '', third = ''] = parts.slice(at, at + 3).map((part) => part.text);
  if (first === 'half' && second === 'a' && third === 'dozen') return { taken: 3, value: 6 };
  if ((first === 'a' || first === 'an') && ['dozen', 'hundred', 'single'].includes(second))
    return { taken: 2, value: NUMBERS.get(second) ?? 1 };
  const value = numberOf(first);
  if (value === undefined) return undefined;
  if (second === 'hundred' || second === 'dozen')
    return { taken: 2, value: value * (second === 'dozen' ? 12 : 100) };
  const ones = NUMBERS.get(second) ?? 0;
  if (TENS_WORDS.has(first) && ones > 0 && ones < 10) return { taken: 2, value: value + ones };
  return { taken: 1, value };
}

function numberOf(text: string): number | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const [tens = '', ones = ''] = text.split('-');
  const compound = NUMBERS.get(ones);
  if (TENS_WORDS.has(tens) && compound !== undefined) return (NUMBERS.get(tens) ?? 0) + compound;
  return NUMBERS.get(text);
}
