import { listOf } from '@jamie/analysis';
import type { ForeignChange } from '../healing-context.ts';
import { isInWindow, type Rule } from './verdict.ts';

/** Whoever changed it back once may have had a reason, or be at work. */
const AFTER_REVERT_MS = 30 * 60_000;
/** So often within a day, and it is a fight. */
const MOST_REVERTS = 2;

/** Whoever changes back what we did is not fought: once we wait, twice we stop and name them. */
export const fight: Rule = ({ healingCase: { reverts }, foreignChanges = [], now }) => {
  const recent = reverts.filter((at) => isInWindow(at, now));
  const last = recent.at(-1);
  if (last === undefined) return undefined;
  const who = whoOf(foreignChanges);
  if (recent.length >= MOST_REVERTS) {
    const reason = `${who} changed it back ${recent.length} times within a day.${adviceOf(foreignChanges)}`;
    return { kind: 'escalate', reason };
  }
  const until = last + AFTER_REVERT_MS;
  return now < until ? { kind: 'wait', until, reason: `${who} changed back what was done.` } : undefined;
};

function whoOf(changes: readonly ForeignChange[]): string {
  const names = [...new Set(changes.map(({ by }) => by))];
  return names.length === 0 ? 'Somebody' : listOf(names);
}

function adviceOf(changes: readonly ForeignChange[]): string {
  return [...new Set(changes.map(({ advice }) => advice))]
    .filter((advice) => advice !== '')
    .map((advice) => ` ${advice}`)
    .join('');
}
