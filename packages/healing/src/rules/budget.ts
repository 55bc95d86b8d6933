import { countOf } from '@jamie/analysis';
import { attemptsInWindow, type Rule } from './verdict.ts';

/** A fault is tried at most as often within a day as the team allows, suggestions included; then people are told. */
export const budget: Rule = ({ healingCase, autonomy, now }) => {
  const used = attemptsInWindow(healingCase, now).length;
  if (used < autonomy.attempts) return undefined;
  const reason =
    used === 0
      ? 'Nothing may be tried here: the policy of the team allows no attempts.'
      : `${countOf(used, 'attempt')} within a day did not end it, and the policy of the team allows no more.`;
  return { kind: 'escalate', reason };
};
