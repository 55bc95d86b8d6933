import type { Rule } from './verdict.ts';

/** What the team does not allow here, or what has been handed to people, is left alone. */
export const notAllowed: Rule = ({ healingCase: { status, remediation }, autonomy }) => {
  if (autonomy.level === 'off' || !autonomy.remediations.includes(remediation))
    return { kind: 'leave', reason: 'The policy of the team does not allow this here.' };
  if (status !== 'waiting') return { kind: 'leave', reason: 'It does not wait for an attempt.' };
  return undefined;
};
