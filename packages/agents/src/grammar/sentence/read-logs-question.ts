import type { Intent } from '../command-list.ts';
import { MAX_FOLLOW_SECONDS } from '../parameters.ts';
import type { Subject } from './find-subject.ts';
import { readNumberWords } from './read-number-words.ts';
import { readSince, readStretch } from './read-since.ts';
import type { Sentence } from './sentence.ts';

type LogsIntent = Extract<Intent, { kind: 'logs' }>;

const DEFAULT_FOLLOW_SECONDS = 30;
const MAX_GREP_LENGTH = 200;

/** Reads "show me the last 50 lines of the checkout logs with timeout in them"; undefined when it asks for no log. */
export function readLogsQuestion(sentence: Sentence, subject: Subject): LogsIntent | undefined {
  const { plain } = sentence;
  const topic = plain.findIndex((text) => /^(?:logs?|logfiles?|logging|stdout|stderr|journal)$/.test(text));
  const isTail =
    plain.slice(0, 4).some((text) => text === 'tail' || text === 'grep') && subject.words.length > 0;
  if (topic === -1 && !isTail) return undefined;
  if (/^(?:why)$/.test(plain[0] ?? '') || plain.includes('audit')) return undefined;
  const container = findContainer(sentence);
  const grep = findGrep(sentence, subject);
  const followSeconds = findFollow(sentence);
  const tailLines = findTail(sentence);
  const sinceSeconds = followSeconds === undefined ? readSince(sentence) : undefined;
  const isPrevious =
    plain.some((text) => /^(?:previous|prior|crashed)$/.test(text)) ||
    plain.join(' ').includes('before the crash') ||
    plain.join(' ').includes('last crash');
  const words = container !== undefined && subject.words[0] === container ? [] : subject.words;
  return {
    kind: 'logs',
    words,
    place: subject.place,
    previous: isPrevious && followSeconds === undefined,
    ...(container !== undefined && { container }),
    ...(grep !== undefined && { grep }),
    ...(followSeconds !== undefined && { followSeconds }),
    ...(tailLines !== undefined && { tailLines }),
    ...(sinceSeconds !== undefined && { sinceSeconds }),
  };
}

/** "The container istio-proxy", "the istio-proxy container". */
function findContainer({ parts, texts }: Sentence): string | undefined {
  const at = texts.findIndex((text) => /^(?:container|sidecar)$/.test(text));
  if (at === -1) return undefined;
  const [before, after] = [parts[at - 1], parts[at + 1]];
  if (after?.isUnknown === true || after?.isObject === true) return after.typed;
  return before?.isUnknown === true ? before.typed : undefined;
}

const BEFORE_TEXT =
  /^(?:containing|contain|contains|mentioning|mention|mentions|matching|match|matches|saying|say|including)$/;

/** "With timeout in them", "containing timeout", "grep … for timeout". */
function findGrep(sentence: Sentence, subject: Subject): string | undefined {
  const { plain, parts, text } = sentence;
  const quoted = /["']([^"']{1,200})["']/.exec(text)?.[1];
  const searching = plain.findIndex((word) =>
    /^(?:grep|search|filter|filtered|look|find|scan|searching|looking)$/.test(word),
  );
  const at = plain.findIndex((word, index) => {
    const isSubject = index + 1 >= subject.at && index + 1 < subject.at + subject.length;
    if (isSubject) return false;
    if (BEFORE_TEXT.test(word)) return true;
    if (word === 'for') return searching !== -1 && index > searching;
    if (word === 'with')
      return (
        /\bin (?:them|it|there)\b|\bwith (?:the )?(?:word|text|string|phrase)\b/.test(plain.join(' ')) ||
        (plain.at(-1) !== 'with' && !/^(?:the|a|it|me|that)$/.test(plain[index + 1] ?? ''))
      );
    return (
      word === 'grep' &&
      plain[index + 1] !== 'the' &&
      subject.at !== index + 1 &&
      plain[index + 1] !== '' &&
      !/^(?:logs?|for|in|through|its|all)$/.test(plain[index + 1] ?? '')
    );
  });
  if (at === -1) return undefined;
  if (quoted !== undefined) return quoted;
  let start = at + 1;
  while (
    /^(?:the|a|an|word|words|text|string|phrase|for|any|all|lines|error|message)$/.test(plain[start] ?? '') &&
    start + 1 < plain.length &&
    /[a-z0-9]/.test(plain[start + 1] ?? '') &&
    !/^(?:in|from|of|on|since|please)$/.test(plain[start + 1] ?? '')
  )
    start += 1;
  const stop = plain.findIndex(
    (word, index) =>
      index > start &&
      (/^(?:in|from|of|on|since|please|at|thanks|pls|within|over|only|the)$/.test(word) ||
        (parts[index - 1]?.mark ?? '') !== ''),
  );
  const last = parts[(stop === -1 ? plain.length : stop) - 1];
  const first = parts[start];
  const found = first === undefined || last === undefined ? '' : text.slice(first.start, last.end);
  return found === '' || found.length > MAX_GREP_LENGTH ? undefined : found;
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
