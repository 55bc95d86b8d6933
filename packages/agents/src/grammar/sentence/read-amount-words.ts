import type { ReplicaAmount } from '../parameters.ts';
import { readAmount } from '../read-amount.ts';
import type { Part } from './name-parts.ts';
import { type NumberReading, readNumberWords } from './read-number-words.ts';
import { UNIT_WORDS } from './words/numbers.ts';

/**
 * A number of replicas as said. `to` and `times` are what they say; `by` goes up or down, unknown until the verb is
 * known; `bare` is a number alone.
 */
export interface AmountReading {
  readonly taken: number;
  readonly amount:
    | Extract<ReplicaAmount, { kind: 'to' | 'times' }>
    | { readonly kind: 'by'; readonly count: number; readonly sign?: 1 | -1 }
    | { readonly kind: 'bare'; readonly count: number };
  readonly hasUnit: boolean;
}

const PREFIXES: ReadonlySet<string> = new Set('to at with by'.split(' '));
const DIRECTIONS: ReadonlySet<string> = new Set('up down back out'.split(' '));
const FACTORS: Readonly<Record<string, number>> = { double: 2, twice: 2, triple: 3, half: 0.5 };

/** Reads "to 5", "up to five replicas", "by two more", "3 more pods", "+2", "x2", "in half" from a word on. */
export function readAmountWords(parts: readonly Part[], at: number): AmountReading | undefined {
  const before = parts[at]?.text === 'from' ? readNumberWords(parts, at + 1) : undefined;
  // "From 3 to 5" ends at 5.
  let next = before !== undefined && parts[at + 1 + before.taken]?.text === 'to' ? at + 1 + before.taken : at;
  while (DIRECTIONS.has(parts[next]?.text ?? '')) next += 1;
  const prefix = PREFIXES.has(parts[next]?.text ?? '') ? (parts[next]?.text ?? '') : '';
  // "Up" alone is not the beginning of an amount.
  if (prefix === '' && next > at) return undefined;
  if (prefix !== '') next += 1;
  const start = prefix === '' ? at : next;
  const found =
    (prefix === '' ? readSigned(parts, start) : undefined) ??
    readFactor(parts, start, prefix) ??
    readCount(parts, start, prefix);
  return found === undefined ? undefined : { ...found, taken: start - at + found.taken };
}

function readSigned(parts: readonly Part[], at: number): AmountReading | undefined {
  const text = parts[at]?.text ?? '';
  if (!/^[-+x]\d|^\d+x$/.test(text)) return undefined;
  const amount = readAmount(text.endsWith('x') ? `x${text.slice(0, -1)}` : text);
  if (amount === undefined) return undefined;
  const unit = unitLength(parts, at + 1);
  const reading = { taken: 1 + unit, hasUnit: unit > 0 };
  if (amount.kind !== 'by') return { ...reading, amount };
  const { difference } = amount;
  return { ...reading, amount: { kind: 'by', count: Math.abs(difference), sign: difference < 0 ? -1 : 1 } };
}

/** "By half", "in half", "to double", "by a factor of 3". */
function readFactor(parts: readonly Part[], at: number, prefix: string): AmountReading | undefined {
  const texts = parts.slice(at, at + 5).map((part) => part.text);
  const timesOf = (factor: number, taken: number): AmountReading => ({
    taken,
    amount: { kind: 'times', factor },
    hasUnit: false,
  });
  if (prefix === '' && texts[0] === 'in' && texts[1] === 'half') return timesOf(0.5, 2);
  if (prefix === 'by' && texts.slice(0, 3).join(' ') === 'a factor of') {
    const number = readNumberWords(parts, at + 3);
    return number === undefined ? undefined : timesOf(number.value, 3 + number.taken);
  }
  const factor = FACTORS[texts[0] ?? ''];
  const isLast = texts[1] === undefined;
  if (factor === undefined || texts[1] === 'a' || (prefix === '' && !isLast)) return undefined;
  return timesOf(factor, 1);
}

function readCount(parts: readonly Part[], at: number, prefix: string): AmountReading | undefined {
  const isAnother = parts[at]?.text === 'another';
  const number = readNumberWords(parts, isAnother ? at + 1 : at) ?? aUnit(parts, at);
  if (number === undefined) return isAnother ? anotherOne(parts, at) : undefined;
  const start = at + (isAnother ? 1 : 0) + number.taken;
  const { end, hasUnit, sign } = readUnit(parts, start);
  const amount = amountOf(number.value, prefix, isAnother ? 1 : sign);
  // "At 5" may be a time of day.
  return prefix === 'at' && !hasUnit ? undefined : { taken: end - at, amount, hasUnit };
}

/** "More pods", "pods fewer", "pods". */
function readUnit(parts: readonly Part[], start: number) {
  const before = signOf(parts[start]?.text);
  const unitAt = before === undefined ? start : start + 1;
  const end = unitAt + unitLength(parts, unitAt);
  const after = before === undefined ? signOf(parts[end]?.text) : undefined;
  return { end: after === undefined ? end : end + 1, hasUnit: end > unitAt, sign: before ?? after };
}

function amountOf(count: number, prefix: string, sign: 1 | -1 | undefined): AmountReading['amount'] {
  if (sign !== undefined && prefix !== 'to') return { kind: 'by', count, sign };
  if (prefix === 'by') return { kind: 'by', count };
  return prefix === '' ? { kind: 'bare', count } : { kind: 'to', replicas: count };
}

/** "A replica" is one. */
function aUnit(parts: readonly Part[], at: number): NumberReading | undefined {
  const isOne = parts[at]?.text === 'a' && /^(?:replica|pod|copy)$/.test(parts[at + 1]?.text ?? '');
  return isOne ? { taken: 1, value: 1 } : undefined;
}

/** "Another replica." */
function anotherOne(parts: readonly Part[], at: number): AmountReading | undefined {
  const unit = unitLength(parts, at + 1);
  return unit === 0
    ? undefined
    : { taken: 1 + unit, amount: { kind: 'by', count: 1, sign: 1 }, hasUnit: true };
}

function signOf(text: string | undefined): 1 | -1 | undefined {
  if (text === 'more' || text === 'additional' || text === 'extra') return 1;
  return text === 'fewer' || text === 'less' ? -1 : undefined;
}

function unitLength(parts: readonly Part[], at: number): number {
  const part = parts[at];
  return part !== undefined && !part.isObject && UNIT_WORDS.has(part.text) ? 1 : 0;
}
