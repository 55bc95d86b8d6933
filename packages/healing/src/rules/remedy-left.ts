import type { Rule } from './verdict.ts';

/** A fault that was ours to heal, and for which nothing may be done any more, is for people. */
export const remedyLeft: Rule = ({ candidate: { remedy } }) =>
  remedy.kind === 'none' ? { kind: 'escalate', reason: remedy.reason } : undefined;
