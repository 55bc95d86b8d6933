import { matchVerb } from './match-verb.ts';
import type { Sentence } from './sentence.ts';
import { NUMBERS, UNIT_WORDS } from './words/numbers.ts';
import { LOOKING_VERBS } from './words/reading.ts';
import { CHANGE_FORMS } from './words/verbs.ts';

/** Whether a sentence speaks of a change at all, in any form: then it is never just read past. */
export function speaksOfChange({ plain, parts }: Sentence, from: number): boolean {
  return plain.some((text, index) => {
    if (index < from) return false;
    if (CHANGE_FORMS.has(text) || isReplicaTalk(plain, index)) return true;
    const mayBegin =
      index === from || BEFORE_VERBS.has(plain[index - 1] ?? '') || (parts[index - 1]?.mark ?? '') !== '';
    return mayBegin && isChangeVerb(plain, index);
  });
}

/** After these a verb is one. */
const BEFORE_VERBS: ReadonlySet<string> = new Set(
  'to should must please and then you just not never shall can could lets us we'.split(' '),
);

function isChangeVerb(plain: readonly string[], at: number): boolean {
  if (LOOKING_VERBS.has(plain[at] ?? '')) return false;
  const found = matchVerb(plain, at);
  return found !== undefined && !['unclear', 'use', 'stop', 'deny'].includes(found.verb.meaning);
}

/** "Web 5 replicas", "checkout to 5", "more replicas". */
function isReplicaTalk(plain: readonly string[], at: number): boolean {
  const before = plain[at - 1] ?? '';
  if (UNIT_WORDS.has(plain[at] ?? '')) return /^(?:more|fewer|less|\d+)$/.test(before) || NUMBERS.has(before);
  return (
    before === 'to' && plain[at - 2] === '' && (/^\d+$/.test(plain[at] ?? '') || NUMBERS.has(plain[at] ?? ''))
  );
}

/** "Checkout keeps restarting": it is the object that restarts, and nobody who would restart it. */
export function isTrouble({ plain, parts }: Sentence, from: number): boolean {
  return (
    plain.some((text) => CHANGE_FORMS.has(text)) &&
    plain.every((text, index) => {
      if (index < from || !CHANGE_FORMS.has(text)) return true;
      const before = plain[index - 1] ?? '';
      if (text === 'restarting' || text === 'restarts' || text === 'bouncing')
        return /^(?:is|are|keep|keeps|kept|still|constantly|always|was|were|been|many|of|the|frequent|constant|)$/.test(
          before,
        );
      return text === 'restarted' && parts[index - 1]?.isObject === true;
    })
  );
}
