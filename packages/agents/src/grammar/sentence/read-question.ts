import type { Intent } from '../command-list.ts';
import type { Place } from '../parameters.ts';
import { findSubject, type Subject } from './find-subject.ts';
import { findTopics } from './find-topics.ts';
import { readListQuestion } from './read-list-question.ts';
import { readLogsQuestion } from './read-logs-question.ts';
import { readOwnQuestion } from './read-own-question.ts';
import { type Sentence, withParts } from './sentence.ts';
import { TROUBLE } from './words/reading.ts';

/**
 * What a question, or an order to look, asks for. Only ever a reading intent, whatever words it holds; what is not
 * understood is ignored. Undefined when nothing is understood at all.
 */
export function readQuestion(asked: Sentence): Intent | undefined {
  const sentence = withParts(asked, findTopics(asked));
  const subject = findSubject(sentence);
  return (
    readOwnQuestion(sentence, subject) ??
    readLogsQuestion(sentence, subject) ??
    readListQuestion(sentence, subject) ??
    readWhy(sentence, subject)
  );
}

function readWhy(
  { texts, hasQuestionMark }: Sentence,
  { words, place, isPronoun }: Subject,
): Intent | undefined {
  if (words.length > 0) return { kind: 'why', words, place };
  if (isPronoun) return { kind: 'why', words: ['it'], place };
  if (/^why$/.test(texts.join(' '))) return { kind: 'why', words: [], place };
  const isUnderstood = hasPlace(place) || hasQuestionMark || texts.some((text) => TROUBLE.has(text));
  return isUnderstood ? { kind: 'health', place } : undefined;
}

function hasPlace(place: Place): boolean {
  return Object.keys(place).length > 0;
}
