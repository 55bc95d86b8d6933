import type { Intent } from '../command-list.ts';
import type { Subject } from './find-subject.ts';
import { readNumberWords } from './read-number-words.ts';
import { readSince } from './read-since.ts';
import type { Sentence } from './sentence.ts';

const MAX_WORDS = 60;

/** Reads a question for events, usage, differences or pods; undefined when it is for none of them. */
export function readListQuestion(sentence: Sentence, subject: Subject): Intent | undefined {
  const said = sentence.plain
    .slice(0, MAX_WORDS)
    .map((text) => (text === '' ? '_' : text))
    .join(' ');
  if (
    /^(?:and |so |but |jamie )*(?:why|should|shall|would|will|could|must|may|can (?:i|we)|is it|does|do we|did)\b/.test(
      said,
    )
  )
    return undefined;
  return (
    readTop(said, subject) ??
    readEvents(said, sentence, subject) ??
    readDiff(said, sentence, subject) ??
    readPods(said, subject)
  );
}

/** The words of a subject, or "it" where that is what is spoken of. */
function wordsOr({ words, isPronoun }: Subject): readonly string[] {
  return words.length === 0 && isPronoun ? ['it'] : words;
}

function readTop(said: string, subject: Subject): Intent | undefined {
  const isUsage =
    /^(?:top|usage)\b|\b(?:show|get|give|me|the|run|print|display) top\b|\btop (?:pods|nodes|consumers|_)\b|\b(?:usage|consumption|utilisation|utilization)\b/.test(
      said,
    );
  const isResource = /\b(?:memory|cpu|cpus|ram|resources?|compute|cores)\b/.test(said);
  const asksWhoUses =
    /\b(?:eat|eats|eating|use|uses|using|used|consume|consumes|consuming|hog|hogs|hogging|take|takes|taking|burn|burns|burning|need|needs|most|much|highest|heaviest|biggest|hungriest|hungry|greedy|load|busiest|waste|wastes|free|left|available|has|have)\b/.test(
      said,
    );
  const isBusy =
    /\b(?:which|what) (?:nodes?|pods?) (?:is|are) (?:the )?(?:busiest|most loaded|hottest|under)\b|\bbusiest\b|\bhow (?:busy|loaded|full|hot) (?:is|are)\b/.test(
      said,
    );
  const isShown = /^(?:please |and )*(?:show|get|give|list|display|print)\b/.test(said);
  if (!isUsage && !isBusy && !(isResource && (asksWhoUses || isShown))) return undefined;
  if (/\b(?:out of memory|oom|oomkilled|enough|leak|leaks|leaking)\b/.test(said)) return undefined;
  if (/^(?:is|are|was|were|has|have)\b/.test(said) && !isUsage) return undefined;
  return {
    kind: 'top',
    of:
      /\b(?:nodes?|machines?|knoten|nodos?|nœuds?|nodi|nós)\b/.test(said) && subject.words.length === 0
        ? 'nodes'
        : 'pods',
    words: wordsOr(subject),
    place: subject.place,
    by: /\b(?:memory|ram|mem)\b/.test(said) ? 'memory' : 'cpu',
    chart: /\b(?:as a|in a|with a) (?:bar )?(?:chart|graph|diagram)\b/.test(said),
    page: 1,
  };
}

function readEvents(said: string, sentence: Sentence, subject: Subject): Intent | undefined {
  const isEvents = /\bevents?\b/.test(said) && !/\bin the event\b/.test(said);
  const isWarnings = /\bwarnings?\b/.test(said);
  const isHappening =
    subject.words.length === 0 &&
    !subject.isPronoun &&
    /\bwhat (?:has )?(?:just |recently )?(?:happened|been happening|been going on|went on)\b/.test(said);
  if (!isEvents && !isWarnings && !isHappening) return undefined;
  const sinceSeconds = readSince(sentence) ?? (/\btoday\b/.test(said) ? 86_400 : undefined);
  return {
    kind: 'events',
    words: wordsOr(subject),
    place: subject.place,
    warnings: isWarnings,
    page: 1,
    ...(sinceSeconds !== undefined && { sinceSeconds }),
  };
}

function readDiff(said: string, sentence: Sentence, subject: Subject): Intent | undefined {
  const isDiff =
    /^(?:diff|changes)\b|\bwhat (?:has |have |is |was |were |got |had )?(?:been |just |recently )?(?:changed|changes|change|different|new|altered|modified|updated)\b|\b(?:diff|differences?|different|compare|compared|comparison)\b|\b(?:show|list|see|the|recent|latest|last|any) changes\b|\bchanges? (?:in|to|of|for|between|on|since)\b|\bwhat did .*\bchange\b|\bchangelog\b/.test(
      said,
    );
  if (!isDiff) return undefined;
  if (subject.words.length === 0 && !subject.isPronoun) {
    const hasPlace =
      Object.keys(subject.place).length > 0 ||
      readSince(sentence) !== undefined ||
      /\b(?:yesterday|today)\b/.test(said);
    if (
      /^(?:and |so )*what (?:has |have )?(?:been )?(?:changed|is different)(?: recently| lately)?$/.test(said)
    )
      return { kind: 'diff', words: [], place: subject.place };
    return hasPlace
      ? { kind: 'events', words: [], place: subject.place, warnings: false, page: 1 }
      : undefined;
  }
  const [fromRevision, toRevision] = findRevisions(said, sentence);
  return {
    kind: 'diff',
    words: wordsOr(subject),
    place: subject.place,
    ...(fromRevision !== undefined && { fromRevision }),
    ...(toRevision !== undefined && { toRevision }),
  };
}

/** "Revision 3 and 5", "from 3 to 5", "between revisions 3 and 5", "since revision 3". */
function findRevisions(said: string, { parts, plain }: Sentence): readonly (number | undefined)[] {
  if (!/\b(?:revisions?|revs?|versions?|from|between|releases?)\b/.test(said)) return [];
  const numbers: number[] = [];
  plain.forEach((_, at) => {
    const isAfter = /^(?:revisions?|revs?|versions?|releases?|from|to|and|between|with|against|vs|&|-)$/.test(
      plain[at - 1] ?? '',
    );
    const number = isAfter ? readNumberWords(parts, at) : undefined;
    const isTime = /^(?:minutes?|hours?|days?|weeks?|mins?|seconds?)$/.test(
      plain[at + (number?.taken ?? 0)] ?? '',
    );
    if (number !== undefined && number.value > 0 && !isTime) numbers.push(number.value);
  });
  const [first, second] = numbers;
  const isOnlyTo =
    second === undefined &&
    /\bto (?:revision |rev |version )?\w+$/.test(said) &&
    !/\bfrom\b|\bsince\b/.test(said);
  return isOnlyTo ? [undefined, first] : [first, second];
}

const UNHEALTHY =
  /\b(?:unhealthy|failing|failed|broken|crashing|crashed|crashlooping|crashloopbackoff|pending|stuck|bad|not (?:ready|running|healthy|ok|up|working)|down|sick|evicted|dead|wrong|unready|notready|troubled|trouble|problems?|problematic|restarting|oomkilled|erroring|errors?)\b/;

function readPods(said: string, subject: Subject): Intent | undefined {
  const isList =
    /^(?:pods?|po)\b|\b(?:which|what|list|show|get|give|display|see|all|how many|print|count|me|the|any|of|unhealthy|broken|failing|crashing) (?:\w+ |_ ){0,4}pods\b|\bpods (?:in|of|on|for|are|do|does|from|running|that|please|which|with)\b|\b_ pods\b|\bpods$/.test(
      said,
    );
  if (!isList || !/\bpods?\b|^po\b/.test(said)) return undefined;
  if (
    /^(?:is|are|was|were|has|have|had|how (?:is|are|do|did|often|long))\b/.test(said) &&
    subject.words.length > 0
  )
    return undefined;
  if (/^(?:what is|what are|how is|how are)\b/.test(said) && subject.words.length > 0) return undefined;
  if (
    /^(?:can you |could you |please )*(?:explain|diagnose|check|look|fix|investigate|describe|tell)\b/.test(
      said,
    ) &&
    subject.words.length > 0
  )
    return undefined;
  return {
    kind: 'pods',
    words: wordsOr(subject),
    place: subject.place,
    unhealthy: UNHEALTHY.test(said) || /^(?:are|is) (?:all|any|every)\b/.test(said),
    page: 1,
  };
}
