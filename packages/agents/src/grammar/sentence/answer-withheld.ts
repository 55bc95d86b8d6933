import type { Intent } from '../command-list.ts';
import type { ParsedText } from '../intent.ts';
import { askBack } from './ask-back.ts';
import { findSubject } from './find-subject.ts';
import { RESOURCE_WORDS } from './match-verb.ts';
import { readOperation } from './operation/read-operation.ts';
import { findPhrase } from './phrase-length.ts';
import type { Mood } from './read-mood.ts';
import { readOrder } from './read-order.ts';
import type { Sentence } from './sentence.ts';
import { ALL_WORDS } from './words/caution.ts';

/** Answers a sentence that speaks of a change which may not be planned as it stands; offers the change, never makes it. */
export function answerWithheld(sentence: Sentence, mood: Extract<Mood, { kind: 'withheld' }>): ParsedText {
  const { reason, found } = mood;
  if (reason === 'negation') return askBack('negation', readingInstead(sentence), refusalOf(sentence));
  const reading = found === undefined ? undefined : readOrderOf(sentence, mood);
  const meant = reading === undefined ? [] : reading.kind === 'change' ? [reading.intent] : reading.meant;
  return askBack(reason, [...meant, ...readingInstead(sentence)]);
}

const DOING: readonly (readonly [RegExp, string])[] = [
  [/^(?:restart|bounc|reboot)/, 'restarting'],
  [/^(?:scal|doubl|halv)/, 'scaling'],
  [/^(?:roll|revert)/, 'rolling back'],
  [/^approv/, 'approving'],
  [/^und/, 'undoing'],
];

/** "I am not restarting anything." */
function refusalOf({ plain }: Sentence): string | undefined {
  const doing = DOING.find(([pattern]) => plain.some((text) => pattern.test(text)))?.[1];
  return doing === undefined ? undefined : `I am not ${doing} anything. Nothing changes unless you say so.`;
}

function readOrderOf(sentence: Sentence, { found }: Extract<Mood, { kind: 'withheld' }>) {
  if (found?.verb.meaning === 'operation') return readOperation(sentence, found, {});
  if (found === undefined || !['scale', 'restart', 'rollback'].includes(found.verb.meaning)) return undefined;
  return readOrder(sentence, found, {});
}

/** Answers an order for something that we do not do, or that may mean several things. */
export function answerUnplanned(sentence: Sentence, meaning: 'unsupported' | 'unclear'): ParsedText {
  if (meaning === 'unsupported') return askBack('unsupported', readingInstead(sentence));
  if (sentence.plain.some((text) => RESOURCE_WORDS.has(text)))
    return askBack('unsupported', readingInstead(sentence));
  const reason = findPhrase(sentence.plain, ALL_WORDS) === -1 ? 'unclear_order' : 'several_targets';
  return askBack(reason, readingInstead(sentence));
}

/** To look at what was named is always allowed. */
function readingInstead(sentence: Sentence): readonly Intent[] {
  const { words, place } = findSubject(sentence);
  return words.length === 0 ? [] : [{ kind: 'why', words, place }];
}
