import type { Rule } from './verdict.ts';

/**
 * Seen for this long without a break before anything is tried: a rollout in progress is not a fault. Kept as the
 * case's `notBefore` from when the fault is found, and again from when it comes back.
 */
export const STEADY_MS = 60_000;
/** After an attempt that helped, before another: what has just been changed has to settle. */
export const COOL_DOWN_MS = 10 * 60_000;

/** The case says itself before when nothing may begin: steadiness, backoff, cool-down, a budget that was used up. */
export const notBefore: Rule = ({ healingCase, now }) =>
  now < healingCase.notBefore
    ? { kind: 'wait', until: healingCase.notBefore, reason: healingCase.reason }
    : undefined;
