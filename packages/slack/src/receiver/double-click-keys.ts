import { createHash } from 'node:crypto';
import { canonicalJson } from '@jamie/core';
import { HOME_COMMAND_ACTION } from '../views/home/home-actions.ts';
import { CHOICE_ACTION, FOLLOW_UP_ACTION } from '../views/offers-view.ts';
import { COMMAND_ACTION, PLAN_ACTIONS } from '../views/plan-action.ts';

/** Half of the time after which the same click is meant anew: no double click takes longer, nobody asks again sooner. */
const WINDOW_SECONDS = 1.5;
/** What asks for something each time it is clicked. A vote counts once whatever is clicked, and its second is answered. */
const ASKING = [COMMAND_ACTION, CHOICE_ACTION, FOLLOW_UP_ACTION, HOME_COMMAND_ACTION, PLAN_ACTIONS.undo];

/** A click, as far as another one can be the same. */
export interface ComparedClick {
  readonly actionId: unknown;
  /** When Slack took it, in seconds, as a decimal number. */
  readonly actionTs: unknown;
  /** Who clicked on what: equal for two clicks on one thing. */
  readonly subject: readonly unknown[];
}

/**
 * Keys that a click shares with the same click of the same person up to 1.5 seconds before, and with none 3 seconds
 * before: whichever process takes the second one knows it again. Pure; empty for a click that asks for nothing.
 */
export function doubleClickKeys({ actionId, actionTs, subject }: ComparedClick): readonly string[] {
  const at = Number(actionTs);
  const isAsking = typeof actionId === 'string' && ASKING.some((known) => actionId.startsWith(known));
  if (!isAsking || !Number.isFinite(at) || at <= 0) return [];
  const window = Math.floor(at / WINDOW_SECONDS);
  const what = createHash('sha256')
    .update(canonicalJson([actionId, ...subject.map((part) => part ?? null)]))
    .digest('hex');
  return [window, window + 1].map((each) => `click:${what}:${each}`);
}
