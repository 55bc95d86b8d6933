import type { ParsedText } from '../intent.ts';
import { askBack } from './ask-back.ts';
import { cautionAt } from './find-caution.ts';
import type { FoundVerb } from './match-verb.ts';
import { isAbout } from './read-decision.ts';
import type { Sentence } from './sentence.ts';
import { wordsOf } from './words/phrases.ts';
import { GERUNDS } from './words/verbs.ts';

/** What we ourselves are at, and may be stopped. */
const OUR_WORK = wordsOf(
  'it that this everything what you are doing working on now the plan plans my your work request query search follow following logs log answer here there all of them immediately investigating looking answering talking writing stream streaming whatever please just about',
);

/** Answers "stop", "never mind", "cancel that". "Stop checkout" may mean several things. */
export function answerStop(sentence: Sentence, found: FoundVerb): ParsedText {
  const { plain, parts } = sentence;
  const from = found.at + found.verb.head.length;
  const isOurs = isAbout(plain, from, OUR_WORK) && parts.every((part) => !part.isObject);
  const first = plain[from] ?? '';
  if (isOurs && !(first === 'everything' || first === 'all'))
    return { kind: 'intent', intent: { kind: 'stop' } };
  const caution = cautionAt(plain, from);
  if (caution === 'condition' || caution === 'timing') return askBack(caution);
  if (GERUNDS.has(first)) return askBack('negation');
  return askBack(
    'unclear_order',
    [{ kind: 'stop' }],
    'Stop ends what I am working on here. To stop a workload, scale it to 0, for example: scale checkout 0.',
  );
}
