import type { Rule } from './verdict.ts';

/** A freeze is looked at again with each sweep; this only says how soon. */
const LOOK_AGAIN_MS = 60_000;

/** Nothing is tried while all changes are frozen. */
export const frozen: Rule = ({ isFrozen, now }) =>
  isFrozen ? { kind: 'wait', until: now + LOOK_AGAIN_MS, reason: 'All changes are frozen.' } : undefined;
