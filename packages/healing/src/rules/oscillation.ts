import { isInWindow, type Rule } from './verdict.ts';

/** A fault that comes back this often within a day is not healed by what we do. */
const MOST_RELAPSES = 3;

/** A fault that keeps coming back is handed to people. */
export const oscillation: Rule = ({ healingCase: { relapses }, now }) => {
  const count = relapses.filter((at) => isInWindow(at, now)).length;
  if (count < MOST_RELAPSES) return undefined;
  return { kind: 'escalate', reason: `It went and came back ${count} times within a day.` };
};
