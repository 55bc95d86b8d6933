import type { Part } from './name-parts.ts';
import { readNumberWords } from './read-number-words.ts';

/** A revision as said; undefined for "the previous one", which is where a rollback goes by itself. */
export interface RevisionReading {
  readonly taken: number;
  readonly revision: number | undefined;
}

const REVISION_WORDS: ReadonlySet<string> = new Set(
  'revision rev version release generation revisions'.split(' '),
);
const PREVIOUS_WORDS: ReadonlySet<string> = new Set(
  'previous last prior earlier preceding old former'.split(' '),
);
const STATES: ReadonlySet<string> = new Set(
  'revision version release one state rev deployment deploy image'.split(' '),
);

/** Reads "to revision 3", "to rev 3", "to the previous version", "--to 3" from a word on; a bare "to 3" when allowed. */
export function readRevisionWords(
  parts: readonly Part[],
  at: number,
  isBareAllowed: boolean,
): RevisionReading | undefined {
  let next = at;
  if (parts[next]?.text === '--to' || parts[next]?.text === '--to-revision')
    return readNumber(parts, at, next + 1);
  while (['back', 'down'].includes(parts[next]?.text ?? '')) next += 1;
  const hasTo = ['to', 'on', 'at'].includes(parts[next]?.text ?? '');
  if (hasTo) next += 1;
  else if (next > at) return undefined;
  if (['the', 'its', 'our'].includes(parts[next]?.text ?? '')) next += 1;
  if (hasTo && PREVIOUS_WORDS.has(parts[next]?.text ?? '') && STATES.has(parts[next + 1]?.text ?? ''))
    return { taken: next + 2 - at, revision: undefined };
  if (REVISION_WORDS.has(parts[next]?.text ?? '')) {
    next += 1;
    if (['number', 'no', '#'].includes(parts[next]?.text ?? '')) next += 1;
    return readNumber(parts, at, next);
  }
  const short = /^(?:#|r|rev|revision-?)(\d{1,9})$/.exec(parts[next]?.text ?? '');
  if (short !== null) return { taken: next + 1 - at, revision: Number(short[1]) };
  return hasTo && isBareAllowed ? readNumber(parts, at, next) : undefined;
}

function readNumber(parts: readonly Part[], at: number, next: number): RevisionReading | undefined {
  const short = /^#(\d{1,9})$/.exec(parts[next]?.text ?? '');
  if (short !== null) return { taken: next + 1 - at, revision: Number(short[1]) };
  const number = readNumberWords(parts, next);
  return number === undefined ? undefined : { taken: next + number.taken - at, revision: number.value };
}
