import type { Intent } from './command-list.ts';
import type { ParsedText } from './intent.ts';
import { answerUnplanned, answerWithheld } from './sentence/answer-withheld.ts';
import { askBack } from './sentence/ask-back.ts';
import { answerOperation } from './sentence/operation/read-operation.ts';
import { answerDecision } from './sentence/read-decision.ts';
import { type Mood, readMood } from './sentence/read-mood.ts';
import { answerOrder } from './sentence/read-order.ts';
import { readQuestion } from './sentence/read-question.ts';
import { answerFreeze, answerUnfreeze, answerUse } from './sentence/read-setting.ts';
import { answerStop } from './sentence/read-stop.ts';
import { readTyped } from './sentence/read-typed.ts';
import { readWhole } from './sentence/read-whole.ts';
import { readSentence, type Sentence } from './sentence/sentence.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * Reads what a person says, in plain English or as a typed command. The mood is decided first: only an order may become
 * a change, and only when every word of it is accounted for. A question is only ever a question. Pure; never throws.
 */
export function parseSentence(text: string, vocabulary: Vocabulary): ParsedText {
  const sentence = readSentence(text, vocabulary);
  if (sentence.parts.length === 0) return readNothing(sentence);
  const mood = readMood(sentence);
  return readWhole(sentence) ?? readTyped(sentence, mood) ?? answerMood(sentence, mood);
}

function answerMood(sentence: Sentence, mood: Mood): ParsedText {
  switch (mood.kind) {
    case 'question':
      return answerQuestion(readQuestion(sentence) ?? { kind: 'health', place: {} });
    case 'looking':
      return answerQuestion(readQuestion(sentence));
    case 'courtesy':
      return readCourtesy(sentence);
    case 'withheld':
      return answerWithheld(sentence, mood);
    case 'order':
      return answerVerb(sentence, mood);
  }
}

function answerVerb(sentence: Sentence, { found, place }: Extract<Mood, { kind: 'order' }>): ParsedText {
  switch (found.verb.meaning) {
    case 'scale':
    case 'restart':
    case 'rollback':
      return answerOrder(sentence, found, place);
    case 'undo':
    case 'approve':
    case 'deny':
      return answerDecision(sentence, found);
    case 'freeze':
      return answerFreeze(sentence, found);
    case 'unfreeze':
      return answerUnfreeze(sentence, found);
    case 'use':
      return answerUse(sentence, found, place);
    case 'stop':
      return answerStop(sentence, found);
    case 'operation':
      return answerOperation(sentence, found, place);
    case 'unsupported':
    case 'unclear':
      return answerUnplanned(sentence, found.verb.meaning);
  }
}

function answerQuestion(intent: Intent | undefined): ParsedText {
  return intent === undefined ? askBack('not_understood') : { kind: 'intent', intent };
}

/** "Jamie" alone asks what there is to ask; "hello" how things are. */
function readCourtesy({ texts }: Sentence): ParsedText {
  const isName = texts.every((text) => /^@?(?:jamie|scarlet|bot)$/.test(text));
  return { kind: 'intent', intent: isName ? { kind: 'help' } : { kind: 'health', place: {} } };
}

function readNothing({ hasQuestionMark }: Sentence): ParsedText {
  return { kind: 'intent', intent: hasQuestionMark ? { kind: 'health', place: {} } : { kind: 'help' } };
}
