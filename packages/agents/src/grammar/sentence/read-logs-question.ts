import type { Intent } from '../command-list.ts';
import { MAX_FOLLOW_SECONDS } from '../parameters.ts';
import { given } from '../read-values.ts';
import type { Subject } from './find-subject.ts';
import { readNumberWords } from './read-number-words.ts';
import { readSince, readStretch } from './read-since.ts';
import type { Sentence } from './sentence.ts';

type LogsIntent = Extract<Intent, { kind: 'logs' }>;

const DEFAULT_FOLLOW_SECONDS = 30;
const MAX_GREP_LENGTH = 200;

/** Reads "show me the last 50 lines of the checkout logs with timeout in them"; undefined when it asks for no log. */
export function readLogsQuestion(sentence: Sentence, subject: Subject): LogsIntent | undefined {
  if (!asksForLogs(sentence, subject)) return undefined;
  const container = findContainer(sentence);
  const followSeconds = findFollow(sentence);
  const isFollowed = followSeconds !== undefined;
  return {
    kind: 'logs',
    words: container !== undefined && subject.words[0] === container ? [] : subject.words,
    place: subject.place,
    previous: !isFollowed && isOfPrevious(sentence),
    ...given({
      container,
      grep: findGrep(sentence, subject),
      followSeconds,
      tailLines: findTail(sentence),
      sinceSeconds: isFollowed ? undefined : readSince(sentence),
    }),
  };
}

function asksForLogs({ plain }: Sentence, subject: Subject): boolean {
  if (plain[0] === 'why' || plain.includes('audit')) return false;
  // "Nobody can log in" speaks of something else.
  if (
    plain.some(
      (text, at) =>
        /^(?:logs?|logfiles?|stdout|stderr)$/.test(text) &&
        !(text === 'log' && /^(?:in|on|out|into)$/.test(plain[at + 1] ?? '')),
    )
  )
    return true;
  return subject.words.length > 0 && plain.slice(0, 4).some((text) => text === 'tail' || text === 'grep');
}

function isOfPrevious({ plain }: Sentence): boolean {
  return (
    plain.some((text) => /^(?:previous|prior|crashed)$/.test(text)) ||
    /\b(?:before the|last) crash\b/.test(plain.join(' '))
  );
}

const NO_CONTAINERS =
  /^(?:the|a|an|its|this|that|which|what|every|each|any|other|previous|last|crashed|failed|first|second|main|of|in|from|for|old|dead|current)$/;

/** "The container istio-proxy", "the istio-proxy container". */
function findContainer({ parts, texts }: Sentence): string | undefined {
  const at = texts.findIndex((text) => /^(?:container|sidecar)$/.test(text));
  if (at === -1) return undefined;
  const [before, after] = [parts[at - 1], parts[at + 1]];
  if (after?.isUnknown === true || after?.isObject === true) return after.typed;
  return before === undefined || NO_CONTAINERS.test(before.text) ? undefined : before.typed;
}

const BEFORE_TEXT =
  /^(?:containing|contain|contains|mentioning|mention|mentions|matching|match|matches|saying|say|including)$/;
const SEARCHING = /^(?:grep|search|filter|filtered|look|find|scan|searching|looking)$/;
const TEXT_NOUNS = /^(?:the|a|an|word|words|text|string|phrase|for|any|all|lines|error|message)$/;
const AFTER_TEXT = /^(?:in|from|of|on|since|please|at|thanks|pls|within|over|only|the)$/;

/** "With timeout in them", "containing timeout", "grep … for timeout". */
function findGrep({ plain, texts, parts, text }: Sentence, subject: Subject): string | undefined {
  const searchAt = texts.findIndex((word) => SEARCHING.test(word));
  const quoted = /["']([^"']{1,200})["']/.exec(text)?.[1];
  if (quoted !== undefined && searchAt !== -1) return quoted;
  const at = plain.findIndex((_, index) => {
    const isSubject = index + 1 >= subject.at && index + 1 < subject.at + subject.length;
    return !isSubject && isBeforeText(plain, index, searchAt);
  });
  if (at === -1) return undefined;
  if (quoted !== undefined) return quoted;
  const found = textAfter({ plain, parts, text }, at + 1);
  return found === '' || found.length > MAX_GREP_LENGTH ? undefined : found;
}

/** The words from one on, up to a pause or to what says where or when. */
function textAfter({ plain, parts, text }: Pick<Sentence, 'plain' | 'parts' | 'text'>, from: number): string {
  const follows = (at: number) => at < plain.length && !AFTER_TEXT.test(plain[at] ?? '');
  let start = from;
  while (TEXT_NOUNS.test(plain[start] ?? '') && follows(start + 1)) start += 1;
  let end = start + 1;
  while (follows(end) && (parts[end - 1]?.mark ?? '') === '') end += 1;
  return text.slice(parts[start]?.start ?? 0, parts[end - 1]?.end ?? 0);
}

/** Whether a word stands before the text that is searched for. */
function isBeforeText(plain: readonly string[], at: number, searchAt: number): boolean {
  const [word = '', next = ''] = plain.slice(at, at + 2);
  if (next === '') return false;
  if (BEFORE_TEXT.test(word)) return true;
  if (word === 'for') return searchAt !== -1 && at > searchAt;
  if (word === 'with') return !/^(?:it|me|that|previous|follow)$/.test(next);
  return word === 'grep' && !/^(?:the|logs?|for|in|through|its|all)$/.test(next);
}

/** "Follow … for 30 seconds". */
function findFollow({ plain, parts }: Sentence): number | undefined {
  if (
    !plain.some((text) => /^(?:follow|following|stream|streaming|live|watch)$/.test(text)) &&
    !plain.includes('-f')
  )
    return undefined;
  const at = plain.findIndex((text, index) => text === 'for' && readStretch(parts, index + 1) !== undefined);
  const seconds = at === -1 ? undefined : readStretch(parts, at + 1)?.seconds;
  return seconds === undefined || seconds < 1
    ? DEFAULT_FOLLOW_SECONDS
    : Math.min(seconds, MAX_FOLLOW_SECONDS);
}

/** "The last 50 lines". */
function findTail({ plain, parts }: Sentence): number | undefined {
  const lines = plain.findIndex((text) => /^(?:lines?|rows?)$/.test(text));
  const before = Math.max(0, lines - 3);
  for (let at = before; at < lines; at += 1) {
    const number = readNumberWords(parts, at);
    if (number !== undefined && number.value > 0 && number.value <= 10_000) return number.value;
  }
  return undefined;
}
