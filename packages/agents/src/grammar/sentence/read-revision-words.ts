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
  if (textAt(parts, at) === '--to' || textAt(parts, at) === '--to-revision')
    return readNumber(parts, at, at + 1);
  let next = at;
  while (/^(?:back|down)$/.test(textAt(parts, next))) next += 1;
  const hasTo = /^(?:to|on|at)$/.test(textAt(parts, next));
  if (!hasTo && next > at) return undefined;
  if (hasTo) next += 1;
  if (/^(?:the|its|our)$/.test(textAt(parts, next))) next += 1;
  if (hasTo && PREVIOUS_WORDS.has(textAt(parts, next)) && STATES.has(textAt(parts, next + 1)))
    return { taken: next + 2 - at, revision: undefined };
  return readNamed(parts, at, next) ?? (hasTo && isBareAllowed ? readNumber(parts, at, next) : undefined);
}

/** "Revision 3", "revision number 3", "rev3". */
function readNamed(parts: readonly Part[], at: number, next: number): RevisionReading | undefined {
  if (REVISION_WORDS.has(textAt(parts, next)))
    return readNumber(parts, at, /^(?:number|no|#)$/.test(textAt(parts, next + 1)) ? next + 2 : next + 1);
  const short = /^(?:#|r|rev|revision-?)(\d{1,9})$/.exec(textAt(parts, next));
  return short === null ? undefined : { taken: next + 1 - at, revision: Number(short[1]) };
}

function readNumber(parts: readonly Part[], at: number, next: number): RevisionReading | undefined {
  const short = /^#(\d{1,9})$/.exec(textAt(parts, next));
  if (short !== null) return { taken: next + 1 - at, revision: Number(short[1]) };
  const number = readNumberWords(parts, next);
  return number === undefined || number.value < 1
    ? undefined
    : { taken: next + number.taken - at, revision: number.value };
}

function textAt(parts: readonly Part[], at: number): string {
  return parts[at]?.text ?? '';
}
