import { parsePlanId } from '@jamie/core';
import type { Reading } from './command-spec.ts';
import type { CommandWords } from './split-command.ts';

/** What follows without a plan's id would be lost as a reason, or meant another plan: it must be one. */
export function readDecisionWords({ words: [first], afterFirst }: CommandWords): Reading {
  return first === undefined || parsePlanId(first) === undefined
    ? { reason: '', ...(first !== undefined && { planId: first }) }
    : { planId: first, reason: afterFirst };
}
