import { parsePlanId } from '@jamie/core';
import type { Intent } from '../command-list.ts';
import type { ParsedText } from '../intent.ts';
import { askBack } from './ask-back.ts';
import { cautionAt } from './find-caution.ts';
import { type FoundVerb, isOnlyCourtesy } from './match-verb.ts';
import { phraseLength } from './phrase-length.ts';
import type { Sentence } from './sentence.ts';
import { COURTESIES } from './words/courtesy.ts';
import { phrasesOf, wordsOf } from './words/phrases.ts';
import { CHANGE_FORMS } from './words/verbs.ts';

/** What a vote or an undo may be about without naming it: there is one open plan, or one last change. */
const THAT_PLAN = wordsOf(
  'it that this the plan last change one ahead do go with proposal request latest your my open just made did what you have yes for previous previously action with is so same back way was how as',
);

/** Answers a vote on a plan, or an undo: with the plan's id, or with none for the one that is open. */
export function answerDecision(sentence: Sentence, found: FoundVerb): ParsedText {
  const { meaning } = found.verb;
  const from =
    found.at + found.verb.head.length + (found.particleAt === undefined ? 0 : found.verb.particle.length);
  const planIds = sentence.texts.flatMap((text) => parsePlanId(text) ?? []);
  const [planId] = planIds;
  if (planIds.length > 1) return askBack('several_targets');
  if (meaning === 'undo') return answerUndo(sentence, from, planId);
  return meaning === 'deny' ? answerDeny(sentence, from, planId) : answerApprove(sentence, from, planId);
}

function answerUndo({ plain }: Sentence, from: number, planId: PlanIdOrNone): ParsedText {
  const isExplained = isAbout(plain, from, THAT_PLAN);
  const intent: Intent = { kind: 'undo', ...(planId !== undefined && { planId }) };
  return isExplained ? { kind: 'intent', intent } : askBack('qualifier', [intent], UNDO_QUESTION);
}

const UNDO_QUESTION =
  'I undo the last change that was made here, or the plan you name. Is that what you mean?';

function answerApprove(sentence: Sentence, from: number, planId: PlanIdOrNone): ParsedText {
  const idAt = sentence.texts.findIndex((text) => parsePlanId(text) !== undefined);
  const end = idAt === -1 ? sentence.plain.length : idAt + 1;
  const isExplained = isAbout(sentence.plain.slice(0, end), from, THAT_PLAN);
  const reason = idAt === -1 ? '' : reasonAfter(sentence, idAt + 1);
  const intent: Intent = { kind: 'approve', ...(planId !== undefined && { planId }), reason };
  if (!isExplained || speaksOfChange(sentence, end))
    return askBack('qualifier', [{ ...intent, reason: '' }], APPROVE_QUESTION);
  return { kind: 'intent', intent };
}

const APPROVE_QUESTION = 'I approve a plan whole or not at all. Do you approve it as its card shows it?';

type PlanIdOrNone = ReturnType<typeof parsePlanId>;

function answerDeny(sentence: Sentence, from: number, planId: PlanIdOrNone): ParsedText {
  const idAt = sentence.texts.findIndex((text) => parsePlanId(text) !== undefined);
  const start = idAt === -1 ? from : idAt + 1;
  const condition = cautionAt(sentence.plain, start);
  const intent: Intent = {
    kind: 'deny',
    ...(planId !== undefined && { planId }),
    reason: reasonAfter(sentence, start),
  };
  if (condition === 'condition') return askBack('condition', [{ ...intent, reason: '' }]);
  const isNamed = sentence.parts.slice(from).some((part) => part.isObject) && idAt === -1;
  return isNamed && !hasPause(sentence, from)
    ? askBack('qualifier', [{ kind: 'deny', reason: '' }])
    : { kind: 'intent', intent };
}

/** Whether a comma, a colon or a "because" sets the reason apart. */
function hasPause({ parts, plain }: Sentence, from: number): boolean {
  return parts.some((part, at) => at >= from - 1 && (/[,:.;!]/.test(part.mark) || plain[at] === 'because'));
}

const CONNECTORS = phrasesOf(
  'because of, because, since, as, for, due to, owing to, on account of, reason, the reason is, reason is, with reason, with the reason',
);
const PLAN_WORDS = phrasesOf(
  'it, that, this, that plan, this plan, the plan, that one, this one, the request, this request, that request',
);

/** The words from one on in the person's own spelling, without politeness at either end and without the "because". */
export function reasonAfter(sentence: Sentence, from: number): string {
  const { parts, plain, text } = sentence;
  let start = skipPolite(plain, from);
  const named = phraseLength(plain, start, PLAN_WORDS);
  // "Deny this is too risky": there it belongs to the reason.
  if (named > 0 && !/^(?:is|was|are|would|will|has|does|looks|seems)$/.test(plain[start + named] ?? ''))
    start = skipPolite(plain, start + named);
  start = skipPolite(plain, start + phraseLength(plain, start, CONNECTORS));
  let end = plain.length;
  while (end > start && isOnlyCourtesy(plain, end - 1)) end -= 1;
  const [first, last] = [parts[start], parts[end - 1]];
  return first === undefined || last === undefined || end <= start
    ? ''
    : text.slice(first.start, last.end).trim();
}

function skipPolite(plain: readonly string[], from: number): number {
  let at = from;
  for (let taken = courtesyAt(plain, at); taken > 0; taken = courtesyAt(plain, at)) at += taken;
  return at;
}

function courtesyAt(plain: readonly string[], at: number): number {
  return phraseLength(plain, at, COURTESIES);
}

/** Whether all words from one on are a plan's id, politeness, or among those given. */
export function isAbout(plain: readonly string[], from: number, known: ReadonlySet<string>): boolean {
  for (let at = from; at < plain.length; ) {
    const polite = courtesyAt(plain, at);
    if (polite === 0 && !known.has(plain[at] ?? '') && parsePlanId(plain[at] ?? '') === undefined)
      return false;
    at += Math.max(1, polite);
  }
  return true;
}

function speaksOfChange({ plain }: Sentence, from: number): boolean {
  return plain.some((text, at) => at >= from && CHANGE_FORMS.has(text) && !text.startsWith('approv'));
}
