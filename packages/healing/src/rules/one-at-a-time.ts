import type { Rule } from './verdict.ts';

const LOOK_AGAIN_MS = 60_000;

/**
 * One attempt at a time in a namespace, and one at a time at the nodes, so that it can be told what helped. A suggestion
 * that waits for people holds nobody up.
 */
export const oneAtATime: Rule = ({ healingCase, cases, now }) => {
  const busy = cases.find(
    ({ id, status, subject, attempts }) =>
      id !== healingCase.id &&
      status === 'acting' &&
      subject.namespace === healingCase.subject.namespace &&
      attempts.at(-1)?.level === 'act',
  );
  if (busy === undefined) return undefined;
  const reason = `Another attempt runs here: ${busy.attempts.at(-1)?.planId} of ${busy.id}.`;
  return { kind: 'wait', until: now + LOOK_AGAIN_MS, reason };
};
