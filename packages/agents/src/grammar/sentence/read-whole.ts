import { parsePlanId } from '@jamie/core';
import type { ParsedText } from '../intent.ts';
import { askBack } from './ask-back.ts';
import { phraseLength } from './phrase-length.ts';
import type { Sentence } from './sentence.ts';
import { COURTESIES } from './words/courtesy.ts';
import { phrasesOf } from './words/phrases.ts';

const YES = phrasesOf(
  'go, thumbs up, +1, yes, yep, yeah, yup, aye, ok, okay, k, sure, fine, alright, all right, please do, of course, absolutely, definitely, agreed, confirmed, confirm, ja, oui, si, sí, affirmative, right, great, sounds good, looks good, all good, good, perfect, cool, i agree, why not',
);
const NO = phrasesOf(
  'no, nope, nah, no way, do not, please do not, no thanks, no thank you, nay, nein, non, negative, better not, rather not, absolutely not, certainly not, i disagree',
);
const THANKS =
  phrasesOf(`thanks, thank you, thx, cheers, ta, many thanks, thanks a lot, thanks so much, thank you very much, thank you so much, much appreciated, appreciated, danke, danke schön, merci, gracias, grazie, obrigado, obrigada
thanks a million, thanks a bunch, big thanks, thanks again, thank you again, nice one, no worries, no problem, sweet, good job, great job, well done, nice work, good work, great work, good bot, you rock, brilliant, awesome, excellent, amazing, lovely, legend, perfect thanks, great thanks, ok thanks, kudos, top job`);
const THANKS_FILLERS = phrasesOf(
  'jamie, scarlet, @jamie, @scarlet, mate, all, guys, team, both, that helped, that helps, it helped, it works, it works now, that worked, it worked, for that, for the help, for your help, for helping, for everything, for this, for the quick help, that is great, that is all, that is perfect, that was quick, that was helpful, very helpful, very much, a lot, so much, great, perfect, that is it, you are the best, you are great, you are a star, you are a legend, that is what i needed, ok, okay, again, indeed, good, all good, both of you, problem solved, sorted, it is fine now, have a nice day, have a good day, bye, no more questions, cool, oh, wow, ah, yes, great work, that did it, that fixed it, for now, for today, really, super, nice',
);

/** Reads what is nothing but a yes, a no or a thank-you; undefined when it is more than that. */
export function readWhole(sentence: Sentence): ParsedText | undefined {
  const { plain, hasQuestionMark } = sentence;
  if (hasQuestionMark || plain.length === 0 || plain.length > 14) return undefined;
  if (
    isMadeOf(plain, [YES, COURTESIES]) &&
    plain.some((_, at) => phraseLength(plain, at, YES) > 0) &&
    !startsThanking(plain)
  )
    return askBack(
      'unclear_order',
      [{ kind: 'approve', reason: '' }],
      'Do you approve the plan? Say approve, or click the button on its card.',
    );
  if (phraseLength(plain, 0, NO) > 0 && isMadeOf(plain, [NO, COURTESIES])) return askWhetherDenied();
  if (plain.some((_, at) => phraseLength(plain, at, THANKS) > 0) && isMadeOf(plain, [THANKS, THANKS_FILLERS]))
    return { kind: 'intent', intent: { kind: 'thanks' } };
  return readNoBecause(sentence);
}

function startsThanking(plain: readonly string[]): boolean {
  return plain.some((_, at) => phraseLength(plain, at, THANKS) > 0);
}

const CORRECTIONS: ReadonlySet<string> = new Set(
  'mean meant instead actually rather said wanted not do'.split(' '),
);

function askWhetherDenied(): ParsedText {
  return askBack(
    'unclear_order',
    [{ kind: 'deny', reason: '' }, { kind: 'stop' }],
    'Do you deny the plan? Say deny, or stop to end what I am working on.',
  );
}

/** What is said against a plan, and against little else that people speak of. */
const OBJECTION =
  /^(?:(?:that|this|it) is )?(?:(?:far|way|much|a bit|still|just) )?(?:too \w|risky\b|dangerous\b|unsafe\b)/;

/** "No, too many replicas" denies; "No, it is still broken" may answer anything, so that it asks. */
function readNoBecause({ plain, parts, text }: Sentence): ParsedText | undefined {
  const isNo =
    /^(?:no|nope|nah)$/.test(plain[0] ?? '') &&
    (/[,.:;!]/.test(parts[0]?.mark ?? '') || plain[1] === 'because');
  const [second] = parts.slice(1);
  if (!isNo || second === undefined) return undefined;
  const isPlain = plain
    .slice(1)
    .every((word) => word !== '' && !CORRECTIONS.has(word) && parsePlanId(word) === undefined);
  const reason = text.slice(second.start, parts.at(-1)?.end).trim();
  if (!isPlain || isOrderLike(plain.slice(1))) return undefined;
  return OBJECTION.test(plain.slice(1).join(' '))
    ? { kind: 'intent', intent: { kind: 'deny', reason } }
    : askWhetherDenied();
}

function isOrderLike(plain: readonly string[]): boolean {
  return plain.some((word) =>
    /^(?:restart|scale|roll|rollback|revert|undo|approve|freeze|delete|show|what|which|who|why|stop|cancel|worries|problem|need|if|thanks)$/.test(
      word,
    ),
  );
}

function isMadeOf(plain: readonly string[], phrases: readonly ReturnType<typeof phrasesOf>[]): boolean {
  for (let at = 0; at < plain.length; ) {
    const length = Math.max(...phrases.map((some) => phraseLength(plain, at, some)));
    if (length === 0) return false;
    at += length;
  }
  return true;
}
