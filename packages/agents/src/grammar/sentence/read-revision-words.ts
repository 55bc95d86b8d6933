import type { Part } from './name-parts.ts';
import { phraseLength } from './phrase-length.ts';
import { readNumberWords } from './read-number-words.ts';
import { phrasesOf } from './words/phrases.ts';

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
  const inline = /^--to(?:-revision)?=(\d{1,9})$/.exec(textAt(parts, at));
  if (inline !== null) return { taken: 1, revision: Number(inline[1]) };
  const back = previousLength(parts, at);
  if (back > 0) return { taken: back, revision: undefined };
  let next = at;
  while (/^(?:back|down)$/.test(textAt(parts, next))) next += 1;
  const hasTo = /^(?:to|on|at)$/.test(textAt(parts, next));
  if (!hasTo && next > at) return undefined;
  if (hasTo) next += 1;
  const hasArticle = /^(?:the|its|our)$/.test(textAt(parts, next));
  if (hasArticle) next += 1;
  if (hasTo && PREVIOUS_WORDS.has(textAt(parts, next)) && STATES.has(textAt(parts, next + 1)))
    return { taken: next + 2 - at, revision: undefined };
  return (
    readNamed(parts, at, next) ??
    (hasTo && isBareAllowed && !hasArticle ? readNumber(parts, at, next) : undefined)
  );
}

const STEPS_BACK = phrasesOf(`
by one revision, by one version, by one release, one revision, one version, one release, a revision, a version, to the version before, to the revision before
to the release before, to the one before, to the version before that, to the one before that, to the release before that, to the revision before that, to what it was before, to how it was before, to the last one, to previous`);

/** "By one revision", "to the one before": where a rollback goes by itself. */
function previousLength(parts: readonly Part[], at: number): number {
  return phraseLength(
    parts.slice(at, at + 6).map((part) => part.text),
    0,
    STEPS_BACK,
  );
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
