import type { Part } from '../name-parts.ts';
import { DETERMINERS, KIND_WORDS } from '../words/kinds.ts';

/** Words of the longest name of a Job or CronJob. */
const MAX_NAME_WORDS = 4;
/** "A good job", "the last job" are no names. */
const ADJECTIVES =
  /^(?:good|great|nice|fine|excellent|amazing|brilliant|top|bad|poor|same|whole|last|previous|failed|next|new|old|first|second|only|every|other|stuck|running|no|of|for|in|on|with|and|or|is|are|was)$/;

/**
 * "The nightly report cronjob" names nightly-report: Jobs and CronJobs are not in the vocabulary, so that what stands
 * between the article and the kind is their name. "Run the nightly report now" says it without the kind.
 */
export function joinTaskName(parts: readonly Part[]): readonly Part[] {
  const end = parts.findIndex(isTaskKind);
  if (end !== -1) return joinBefore(parts, end);
  const isRun = /^(?:run|trigger)$/.test(
    parts.find(({ text }) => !/^(?:please|jamie)$/.test(text))?.text ?? '',
  );
  const now = parts.findIndex(({ text }) => text === 'now');
  return isRun && now > 0 ? joinBefore(parts, now) : parts;
}

function isTaskKind({ text }: Part): boolean {
  const kind = KIND_WORDS.get(text);
  return kind === 'cronjob' || kind === 'job';
}

function joinBefore(parts: readonly Part[], end: number): readonly Part[] {
  let start = end;
  while (start > 0 && end - start < MAX_NAME_WORDS && isNameWord(parts[start - 1])) start -= 1;
  const span = parts.slice(start, end);
  const [first] = span;
  const hasArticle = DETERMINERS.has(parts[start - 1]?.text ?? '');
  if (first === undefined || !hasArticle || span.some(({ isObject }) => isObject)) return parts;
  const name = span.map(({ typed }) => typed).join('-');
  const joined: Part = {
    ...first,
    text: name,
    typed: name,
    end: span.at(-1)?.end ?? first.end,
    mark: span.at(-1)?.mark ?? '',
    isObject: true,
    isNamespace: false,
    isCluster: false,
    isUnknown: false,
  };
  return [...parts.slice(0, start), joined, ...parts.slice(end)];
}

function isNameWord(part: Part | undefined): boolean {
  if (part === undefined || part.mark !== '' || part.isBracketed) return false;
  return (
    /^[a-z0-9][a-z0-9.-]*$/.test(part.typed) && !DETERMINERS.has(part.text) && !ADJECTIVES.test(part.text)
  );
}
