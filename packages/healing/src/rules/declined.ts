import { type Rule, WINDOW_MS } from './verdict.ts';

/** What people said no to is not suggested again for a day. */
export const declined: Rule = ({ healingCase: { attempts }, now }) => {
  const last = attempts.findLast(({ outcome }) => outcome === 'declined');
  if (last === undefined) return undefined;
  const until = (last.endedAt ?? last.startedAt) + WINDOW_MS;
  return now < until
    ? {
        kind: 'wait',
        until,
        reason: `Plan ${last.planId} was declined; it is not suggested again for a day.`,
      }
    : undefined;
};
