import { CALM_MS, heldReason } from './storm.ts';
import type { Rule } from './verdict.ts';

/** While too much happens at once nothing is tried. */
export const stormBreaker: Rule = ({ storm, now }) =>
  storm === undefined ? undefined : { kind: 'wait', until: now + CALM_MS, reason: heldReason(storm) };
